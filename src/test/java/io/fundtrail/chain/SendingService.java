package io.fundtrail.chain;

import io.fundtrail.model.Bytes;
import io.fundtrail.model.Hash;
import java.nio.file.Path;

/**
 * A process of its own that prints its node's pid and then, while eight senders go on for ever, the
 * hash of each transaction once it is accepted. It is meant to be killed.
 */
final class SendingService {
  private SendingService() {}

  public static void main(String[] arguments) {
    EmbeddedNode node = EmbeddedNodeTest.start(Path.of(arguments[0]));
    print(Long.toString(node.nodePid()));
    for (int seed = 0; seed < 8; seed++) {
      Wallet wallet = new Wallet(seed);
      Thread.ofPlatform().start(() -> sendForEver(node, wallet));
    }
  }

  private static void sendForEver(EmbeddedNode node, Wallet wallet) {
    while (true) {
      Hash accepted = node.send(wallet.call(Wallet.NOBODY, Bytes.EMPTY));
      print(accepted.toString());
    }
  }

  private static synchronized void print(String line) {
    System.out.println(line);
    System.out.flush();
  }
}
