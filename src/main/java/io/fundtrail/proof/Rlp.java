package io.fundtrail.proof;

import io.fundtrail.model.Bytes;
import io.fundtrail.proof.RlpItem.ByteString;
import io.fundtrail.proof.RlpItem.Sequence;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Recursive Length Prefix (Ethereum yellow paper, appendix B). Decoding is strict: only the one
 * canonical encoding of an item is accepted, and nothing may follow it.
 */
public final class Rlp {
  private static final int SHORT = 55;
  private static final int STRING = 0x80;
  private static final int LONG_STRING = STRING + SHORT;
  private static final int LIST = 0xc0;
  private static final int LONG_LIST = LIST + SHORT;

  /** Deeper than anything Ethereum encodes; keeps hostile input from exhausting the stack. */
  private static final int MAX_DEPTH = 128;

  private Rlp() {}

  public static Bytes encode(RlpItem item) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    write(item, out);
    return Bytes.of(out.toByteArray());
  }

  /**
   * Reads exactly one item.
   *
   * @throws RlpException if the bytes are not the canonical encoding of one item
   */
  public static RlpItem decode(Bytes encoded) {
    Reader reader = new Reader(encoded.bytes());
    RlpItem item = reader.item(reader.input.length, 0);
    if (reader.position != reader.input.length) {
      throw new RlpException(
          "an item that ends at " + reader.position + " of " + reader.input.length + " bytes");
    }
    return item;
  }

  private static void write(RlpItem item, ByteArrayOutputStream out) {
    switch (item) {
      case ByteString string -> {
        byte[] value = string.value().bytes();
        if (value.length == 1 && value[0] >= 0) {
          out.write(value[0]);
        } else {
          writeLength(value.length, STRING, out);
          out.writeBytes(value);
        }
      }
      case Sequence sequence -> {
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        for (RlpItem inner : sequence.items()) {
          write(inner, payload);
        }
        writeLength(payload.size(), LIST, out);
        out.writeBytes(payload.toByteArray());
      }
    }
  }

  private static void writeLength(int length, int kind, ByteArrayOutputStream out) {
    if (length <= SHORT) {
      out.write(kind + length);
      return;
    }
    int lengthOfLength = (Integer.SIZE - Integer.numberOfLeadingZeros(length) + 7) / 8;
    out.write(kind + SHORT + lengthOfLength);
    for (int shift = 8 * (lengthOfLength - 1); shift >= 0; shift -= 8) {
      out.write(length >>> shift);
    }
  }

  private static final class Reader {
    private final byte[] input;
    private int position;

    private Reader(byte[] input) {
      this.input = input;
    }

    private RlpItem item(int end, int depth) {
      if (depth > MAX_DEPTH) {
        throw new RlpException("nesting deeper than " + MAX_DEPTH + " levels");
      }
      int start = position;
      int prefix = nextByte(end);
      if (prefix < STRING) {
        return new ByteString(Bytes.of((byte) prefix));
      }
      if (prefix < LIST) {
        return string(length(prefix, STRING, LONG_STRING, end), start);
      }
      return sequence(length(prefix, LIST, LONG_LIST, end), depth);
    }

    private ByteString string(int length, int start) {
      Bytes value = Bytes.of(Arrays.copyOfRange(input, position, position + length));
      if (length == 1 && value.get(0) >= 0) {
        throw new RlpException("a byte below 0x80 with a needless prefix at " + start);
      }
      position += length;
      return new ByteString(value);
    }

    private Sequence sequence(int length, int depth) {
      int end = position + length;
      List<RlpItem> items = new ArrayList<>();
      while (position < end) {
        items.add(item(end, depth + 1));
      }
      return new Sequence(items);
    }

    private int length(int prefix, int shortKind, int longKind, int end) {
      int length = prefix <= longKind ? prefix - shortKind : longLength(prefix - longKind, end);
      if (length > end - position) {
        throw new RlpException(
            "a length of "
                + length
                + " at "
                + position
                + " where "
                + (end - position)
                + " bytes are left");
      }
      return length;
    }

    private int longLength(int lengthOfLength, int end) {
      int start = position;
      long length = 0;
      for (int i = 0; i < lengthOfLength; i++) {
        int next = nextByte(end);
        if (i == 0 && next == 0) {
          throw new RlpException("a length with a leading zero byte at " + start);
        }
        length = (length << 8) | next;
        if (length > Integer.MAX_VALUE) {
          throw new RlpException("a length above 2^31-1 at " + start);
        }
      }
      if (length <= SHORT) {
        throw new RlpException("a length of " + length + " in its long form at " + start);
      }
      return (int) length;
    }

    private int nextByte(int end) {
      if (position >= end) {
        throw new RlpException("an end at " + position + " where a byte is due");
      }
      return input[position++] & 0xff;
    }
  }
}
