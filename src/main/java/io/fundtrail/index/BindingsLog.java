package io.fundtrail.index;

import io.fundtrail.model.Hash;
import io.fundtrail.model.RawLog;
import java.math.BigInteger;
import java.util.List;
import org.web3j.protocol.core.methods.response.Log;

/** A log in the shape that the generated bindings read, and what they give in a shape to keep. */
public final class BindingsLog {
  private BindingsLog() {}

  public static Log of(RawLog raw) {
    Log log = new Log();
    log.setAddress(raw.address().toString());
    log.setTopics(raw.topics().stream().map(Hash::toString).toList());
    log.setData(raw.data().toString());
    return log;
  }

  /** The constant of an enumeration that lists its constants in the contract's order. */
  public static <E extends Enum<E>> E constant(Class<E> type, BigInteger number) {
    return List.of(type.getEnumConstants()).get(number.intValueExact());
  }

  /** Text of an event as every database can keep it: PostgreSQL takes no NUL. */
  public static String storable(String text) {
    return text.replace('\0', '\ufffd');
  }
}
