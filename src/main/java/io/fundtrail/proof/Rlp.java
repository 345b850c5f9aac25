package io.fundtrail.proof;

import io.fundtrail.model.Bytes;
import io.fundtrail.proof.RlpItem.ByteString;
import io.fundtrail.proof.RlpItem.Sequence;
import java.util.ArrayList;
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
    byte[] out = new byte[size(item)];
    write(item, out, out.length);
    return Bytes.of(out);
  }

  /** How many bytes the encoding of an item has. */
  static int size(RlpItem item) {
    return switch (item) {
      case ByteString(Bytes value) ->
          isItsOwnEncoding(value) ? 1 : prefixSize(value.size()) + value.size();
      case Sequence(List<RlpItem> items) -> {
        int payload = 0;
        for (RlpItem inner : items) {
          payload = Math.addExact(payload, size(inner));
        }
        yield Math.addExact(prefixSize(payload), payload);
      }
    };
  }

  /**
   * Reads exactly one item.
   *
   * @throws RlpException if the bytes are not the canonical encoding of one item
   */
  public static RlpItem decode(Bytes encoded) {
    Reader reader = new Reader(encoded);
    RlpItem item = reader.item(encoded.size(), 0);
    if (reader.position != encoded.size()) {
      throw new RlpException(
          "an item that ends at " + reader.position + " of " + encoded.size() + " bytes");
    }
    return item;
  }

  /**
   * Writes from the end, where the length of a list is known before its prefix; gives the start.
   */
  private static int write(RlpItem item, byte[] out, int end) {
    return switch (item) {
      case ByteString(Bytes value) -> {
        int start = end - value.size();
        value.copyTo(out, start);
        yield isItsOwnEncoding(value) ? start : writePrefix(value.size(), STRING, out, start);
      }
      case Sequence(List<RlpItem> items) -> {
        int start = end;
        for (RlpItem inner : items.reversed()) {
          start = write(inner, out, start);
        }
        yield writePrefix(end - start, LIST, out, start);
      }
    };
  }

  private static boolean isItsOwnEncoding(Bytes value) {
    return value.size() == 1 && value.get(0) >= 0;
  }

  private static int writePrefix(int length, int kind, byte[] out, int end) {
    int at = end - 1;
    if (length <= SHORT) {
      out[at] = (byte) (kind + length);
      return at;
    }
    for (int left = length; left != 0; left >>>= 8) {
      out[at--] = (byte) left;
    }
    out[at] = (byte) (kind + SHORT + end - 1 - at);
    return at;
  }

  private static int prefixSize(int length) {
    return length <= SHORT ? 1 : 1 + (Integer.SIZE - Integer.numberOfLeadingZeros(length) + 7) / 8;
  }

  private static final class Reader {
    private final Bytes input;
    private int position;

    private Reader(Bytes input) {
      this.input = input;
    }

    private RlpItem item(int end, int depth) {
      if (depth > MAX_DEPTH) {
        throw new RlpException("nesting deeper than " + MAX_DEPTH + " levels");
      }
      int start = position;
      int prefix = nextByte(end);
      if (prefix < STRING) {
        return new ByteString(input.slice(start, position));
      }
      if (prefix < LIST) {
        return string(length(prefix, STRING, LONG_STRING, end), start);
      }
      return sequence(length(prefix, LIST, LONG_LIST, end), depth);
    }

    private ByteString string(int length, int start) {
      Bytes value = input.slice(position, position + length);
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
      return input.get(position++) & 0xff;
    }
  }
}
