package io.fundtrail.store;

import io.fundtrail.model.Address;
import io.fundtrail.model.Bytes;
import io.fundtrail.model.Hash;
import io.fundtrail.model.ShareCount;
import io.fundtrail.model.TokenAmount;
import java.lang.reflect.Type;
import java.math.BigInteger;
import java.sql.Types;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.argument.ArgumentFactory;
import org.jdbi.v3.core.config.ConfigRegistry;
import org.jspecify.annotations.Nullable;

/**
 * How the values of {@code model} stand in columns: byte values and token amounts as big-endian
 * bytes (an amount takes 32, so that bytes sort as numbers), share counts and epoch seconds as
 * bigint. The character U+0000, which a contract's text may hold and PostgreSQL's may not, is
 * stored as U+FFFD.
 */
final class ColumnTypes {
  private static final BigInteger MOST_SHARES = BigInteger.valueOf(Long.MAX_VALUE);

  private static final Map<Class<?>, Integer> SQL_TYPES =
      Map.of(
          Address.class, Types.BINARY,
          Hash.class, Types.BINARY,
          Bytes.class, Types.BINARY,
          TokenAmount.class, Types.BINARY,
          ShareCount.class, Types.BIGINT,
          Instant.class, Types.BIGINT,
          String.class, Types.VARCHAR);

  private ColumnTypes() {}

  static void register(Jdbi jdbi) {
    jdbi.registerArgument(new Factory());
    registerBytes(jdbi, Address.class, Address::of);
    registerBytes(jdbi, Hash.class, Hash::of);
    registerBytes(jdbi, Bytes.class, Bytes::of);
    registerBytes(jdbi, TokenAmount.class, word -> TokenAmount.of(Hash.of(word).toUint()));
    registerNumber(jdbi, ShareCount.class, ShareCount::of);
    registerNumber(jdbi, Instant.class, Instant::ofEpochSecond);
  }

  /** The JDBC value of a column: one of ours converted, anything else as it is. */
  static Object toColumn(Object value) {
    return switch (value) {
      case Address address -> address.bytes();
      case Hash hash -> hash.bytes();
      case Bytes bytes -> bytes.bytes();
      case TokenAmount amount -> Hash.ofUint(amount.units()).bytes();
      case ShareCount count -> signed(count);
      case Instant time -> wholeSeconds(time);
      case String text -> text.replace('\0', '\uFFFD');
      default -> value;
    };
  }

  private static long signed(ShareCount count) {
    if (count.shares().compareTo(MOST_SHARES) > 0) {
      throw new IllegalArgumentException(
          "a share count in the database is at most " + MOST_SHARES + ", not " + count);
    }
    return count.shares().longValueExact();
  }

  private static long wholeSeconds(Instant time) {
    if (time.getNano() != 0) {
      throw new IllegalArgumentException("a time in the database is in whole seconds, not " + time);
    }
    return time.getEpochSecond();
  }

  /**
   * Preparable, because JDBI asks its own preparable factories before any that is not: it would
   * bind an Instant as a timestamp.
   */
  private static final class Factory implements ArgumentFactory.Preparable {
    @Override
    public Optional<Function<Object, Argument>> prepare(Type type, ConfigRegistry config) {
      if (!(type instanceof Class<?> known)) {
        return Optional.empty();
      }
      return Optional.ofNullable(SQL_TYPES.get(known))
          .map(sqlType -> value -> argument(sqlType, value));
    }

    private static Argument argument(int sqlType, @Nullable Object value) {
      if (value == null) {
        return (position, statement, context) -> statement.setNull(position, sqlType);
      }
      Object column = toColumn(value);
      return (position, statement, context) -> statement.setObject(position, column);
    }
  }

  private static <T> void registerBytes(Jdbi jdbi, Class<T> type, Function<byte[], T> reader) {
    jdbi.registerColumnMapper(
        type,
        (row, column, context) -> {
          byte[] bytes = row.getBytes(column);
          return bytes == null ? null : reader.apply(bytes);
        });
  }

  private static <T> void registerNumber(Jdbi jdbi, Class<T> type, LongFunction<T> reader) {
    jdbi.registerColumnMapper(
        type,
        (row, column, context) -> {
          long number = row.getLong(column);
          return row.wasNull() ? null : reader.apply(number);
        });
  }
}
