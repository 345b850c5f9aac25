package io.fundtrail.chain;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The endpoint answered more than is read; it may be asked for less. */
final class AnswerTooLarge extends ChainException {
  private static final long serialVersionUID = 1L;

  private AnswerTooLarge(String message) {
    super(message);
  }

  /** The same bytes, until there are too many. */
  static InputStream refusing(InputStream in, String method, long most) {
    return new FilterInputStream(in) {
      private long left = most;

      @Override
      public int read() throws IOException {
        return counted(super.read(), 1);
      }

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        int read = super.read(into, offset, length);
        return counted(read, read);
      }

      private int counted(int result, int bytes) {
        if (result >= 0) {
          left -= bytes;
        }
        if (left < 0) {
          throw new AnswerTooLarge(
              "%s was answered with more than %d bytes".formatted(method, most));
        }
        return result;
      }
    };
  }
}
