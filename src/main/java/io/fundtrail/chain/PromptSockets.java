package io.fundtrail.chain;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;

/**
 * Sockets that send what is written at once (TCP_NODELAY, RFC 9293, 3.7.4). Otherwise the last part
 * of a batch waits for the acknowledgement of its first, which the other side delays by 40 ms.
 */
final class PromptSockets extends SocketFactory {
  private static final SocketFactory DEFAULT = SocketFactory.getDefault();

  @Override
  public Socket createSocket() throws IOException {
    return prompt(DEFAULT.createSocket());
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return prompt(DEFAULT.createSocket(host, port));
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws IOException {
    return prompt(DEFAULT.createSocket(host, port, local, localPort));
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return prompt(DEFAULT.createSocket(host, port));
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
      throws IOException {
    return prompt(DEFAULT.createSocket(host, port, local, localPort));
  }

  private static Socket prompt(Socket socket) throws IOException {
    socket.setTcpNoDelay(true);
    return socket;
  }
}
