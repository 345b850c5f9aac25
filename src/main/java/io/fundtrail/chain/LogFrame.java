package io.fundtrail.chain;

import io.fundtrail.model.Bytes;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * One record of the block log as it lies in the file: {@code FTBL}, a type byte, the payload's
 * length (4 bytes), the payload, and the CRC-32C of all that together with the record's offset.
 */
record LogFrame(long offset, byte type, Bytes payload) {
  static final int MAX_PAYLOAD = 256 * 1024 * 1024;

  private static final int MAGIC = 0x4654424c;
  private static final int PREFIX = Integer.BYTES + 1 + Integer.BYTES;
  private static final int CHECKSUM = Integer.BYTES;

  long end() {
    return offset + PREFIX + payload.size() + CHECKSUM;
  }

  ByteBuffer encode() {
    byte[] bytes = new byte[PREFIX + payload.size() + CHECKSUM];
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    buffer.putInt(MAGIC).put(type).putInt(payload.size()).put(payload.bytes());
    buffer.putInt(checksum(offset, bytes, buffer.position()));
    return buffer.flip();
  }

  /** The record at an offset, or empty where there is none that is whole. */
  static Optional<LogFrame> read(FileChannel file, long offset) throws IOException {
    long left = file.size() - offset;
    if (left < PREFIX + CHECKSUM) {
      return Optional.empty();
    }
    ByteBuffer prefix = ByteBuffer.wrap(readFully(file, offset, PREFIX));
    int magic = prefix.getInt();
    byte type = prefix.get();
    int length = prefix.getInt();
    if (magic != MAGIC || length < 0 || length > MAX_PAYLOAD || length > left - PREFIX - CHECKSUM) {
      return Optional.empty();
    }
    byte[] whole = readFully(file, offset, PREFIX + length + CHECKSUM);
    int recorded = ByteBuffer.wrap(whole).getInt(PREFIX + length);
    if (recorded != checksum(offset, whole, PREFIX + length)) {
      return Optional.empty();
    }
    Bytes payload = Bytes.of(Arrays.copyOfRange(whole, PREFIX, PREFIX + length));
    return Optional.of(new LogFrame(offset, type, payload));
  }

  /** The first whole record after an offset. */
  static Optional<LogFrame> next(FileChannel file, long offset) throws IOException {
    int window = 1 << 16;
    for (long start = offset + 1; start < file.size(); start += window) {
      int size = (int) Math.min(window + Integer.BYTES - 1, file.size() - start);
      ByteBuffer bytes = ByteBuffer.wrap(readFully(file, start, size));
      for (int i = 0; i + Integer.BYTES <= size; i++) {
        if (bytes.getInt(i) == MAGIC) {
          Optional<LogFrame> frame = read(file, start + i);
          if (frame.isPresent()) {
            return frame;
          }
        }
      }
    }
    return Optional.empty();
  }

  private static byte[] readFully(FileChannel file, long offset, int size) throws IOException {
    byte[] bytes = new byte[size];
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      if (file.read(buffer, offset + buffer.position()) < 0) {
        throw new EOFException("the file ends at " + (offset + buffer.position()));
      }
    }
    return bytes;
  }

  private static int checksum(long offset, byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(ByteBuffer.allocate(Long.BYTES).putLong(offset).flip());
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }
}
