package io.fundtrail.vote;

import com.fasterxml.jackson.annotation.JsonValue;
import io.fundtrail.model.Hash;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;

/** A number of votes, 0 to 2^128-1: shares times the votes of each. */
record Weight(BigInteger votes) implements Comparable<Weight> {
  static final Weight ZERO = new Weight(BigInteger.ZERO);

  private static final int BITS = 128;

  Weight {
    if (votes.signum() < 0 || votes.bitLength() > BITS) {
      throw new IllegalArgumentException("a number of votes is 0 to 2^128-1, not " + votes);
    }
  }

  Weight plus(Weight other) {
    return new Weight(votes.add(other.votes));
  }

  Weight minus(Weight other) {
    return new Weight(votes.subtract(other.votes));
  }

  /** As it stands in a column: 32 bytes, so that bytes sort as numbers. */
  Hash column() {
    return Hash.ofUint(votes);
  }

  static Weight read(ResultSet row, String column) throws SQLException {
    return new Weight(Hash.of(row.getBytes(column)).toUint());
  }

  @Override
  public int compareTo(Weight other) {
    return votes.compareTo(other.votes);
  }

  /** Decimal digits. */
  @Override
  @JsonValue
  public String toString() {
    return votes.toString();
  }
}
