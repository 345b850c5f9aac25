package io.fundtrail.app;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** The port that a service listens on. */
final class ListeningPort {
  private ListeningPort() {}

  /**
   * Tries to listen and stops at once; port 0 is any free one.
   *
   * @throws StartRefused if another process listens there, or this one may not
   */
  static void requireFree(InetAddress bind, int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(bind, port));
    } catch (IOException e) {
      throw new StartRefused(
          "port %d of %s cannot be listened on (%s); stop what uses it, or give another with %s"
              .formatted(port, bind.getHostAddress(), e.getMessage(), Setting.PORT.flag()),
          e);
    }
  }
}
