package io.fundtrail.cli;

import java.util.LinkedHashMap;
import java.util.Map;

/** What a command's end means to the shell. */
final class ExitCode {
  static final int OK = 0;
  static final int FAILED = 1;
  static final int WRONG_USE = 2;
  static final int CANNOT_START = 3;
  static final int CHAIN_DIFFERS = 4;

  private ExitCode() {}

  /** For the help texts. */
  static Map<String, String> meanings() {
    Map<String, String> meanings = new LinkedHashMap<>();
    meanings.put(" 0", "done");
    meanings.put(" 1", "failed; the message says why");
    meanings.put(" 2", "wrong use: an unknown or wrong option or setting");
    meanings.put(" 3", "cannot start: something outside stands in the way, such as a port in use");
    meanings.put(" 4", "the chain is not the one that was indexed (rebuild --accept-chain)");
    meanings.put("130, 143", "stopped by Ctrl-C or SIGTERM, everything closed");
    return meanings;
  }
}
