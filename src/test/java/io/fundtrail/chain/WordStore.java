package io.fundtrail.chain;

import io.fundtrail.model.Address;
import io.fundtrail.model.Bytes;
import io.fundtrail.model.Hash;
import java.math.BigInteger;

/**
 * A contract small enough to be written by hand. A call carries a key and a value: under key zero
 * it reverts with the value; under any other it stores the value, logs it under one topic, and
 * returns it.
 */
final class WordStore {
  static final Hash TOPIC = Hash.parse("0x" + "a1".repeat(32));

  private static final String RUNTIME =
      "5f3580600f57" // if the key is zero:
          + "6020355f5260205ffd" // revert(value)
          + "5b602035805f52" // memory[0] = value
          + "9055" // storage[key] = value
          + "7f"
          + TOPIC.toString().substring(2)
          + "60205fa1" // log1(value, TOPIC)
          + "60205ff3"; // return(value)

  static final Bytes INIT_CODE = Bytes.parse("0x60418060095f395ff3" + RUNTIME);

  private WordStore() {}

  static Bytes put(long key, long value) {
    return put(Hash.ofUint(BigInteger.valueOf(key)), Hash.ofUint(BigInteger.valueOf(value)));
  }

  static Bytes put(Hash key, Hash value) {
    return Bytes.parse(key + value.toString().substring(2));
  }

  static Call call(Address from, Address contract, long key, long value) {
    return new Call(from, contract, put(key, value));
  }

  static Hash word(long number) {
    return Hash.ofUint(BigInteger.valueOf(number));
  }
}
