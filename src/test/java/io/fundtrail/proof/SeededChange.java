package io.fundtrail.proof;

import java.io.ByteArrayOutputStream;
import java.util.Random;

/** One to four changes of an input, as a fuzzer makes them. */
final class SeededChange {
  private static final byte[] TELLING = {
    0,
    1,
    0x7f,
    (byte) 0x80,
    (byte) 0xb7,
    (byte) 0xb8,
    (byte) 0xbf,
    (byte) 0xc0,
    (byte) 0xf7,
    (byte) 0xf8,
    (byte) 0xff,
    '0',
    '9',
    '"',
    '[',
    ']',
    '{',
    '}',
    ',',
    '-'
  };

  private SeededChange() {}

  static byte[] of(byte[] seed, byte[] other, Random random) {
    byte[] changed = seed;
    for (int i = random.nextInt(4); i >= 0; i--) {
      changed = once(changed, other, random);
    }
    return changed;
  }

  private static byte[] once(byte[] seed, byte[] other, Random random) {
    int at = random.nextInt(seed.length + 1);
    int to = Math.min(seed.length, at + random.nextInt(40));
    return switch (random.nextInt(6)) {
      case 0 -> flipped(seed, at, random);
      case 1 -> joined(seed, at, new byte[] {TELLING[random.nextInt(TELLING.length)]}, at);
      case 2 -> joined(seed, at, new byte[] {TELLING[random.nextInt(TELLING.length)]}, to);
      case 3 -> joined(seed, at, new byte[0], to);
      case 4 -> joined(seed, at, slice(seed, at, to), at);
      default -> {
        int from = random.nextInt(other.length + 1);
        yield joined(
            seed, at, slice(other, from, Math.min(other.length, from + random.nextInt(200))), at);
      }
    };
  }

  private static byte[] flipped(byte[] seed, int at, Random random) {
    byte[] copy = seed.clone();
    if (at < copy.length) {
      copy[at] ^= (byte) (1 << random.nextInt(8));
    }
    return copy;
  }

  private static byte[] slice(byte[] bytes, int from, int to) {
    byte[] slice = new byte[to - from];
    System.arraycopy(bytes, from, slice, 0, slice.length);
    return slice;
  }

  /** The bytes before one place, others, and the bytes after another place. */
  private static byte[] joined(byte[] seed, int before, byte[] inserted, int after) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(seed, 0, before);
    out.writeBytes(inserted);
    out.write(seed, after, seed.length - after);
    return out.toByteArray();
  }
}
