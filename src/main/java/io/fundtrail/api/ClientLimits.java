package io.fundtrail.api;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Keeps one client from taking the service for itself: so many requests a second, with a burst of
 * four seconds' worth, and so many at once. A client is an IPv4 address or an IPv6 network of 64
 * bits.
 */
final class ClientLimits {
  private static final int BURST_SECONDS = 4;
  private static final int MOST_CLIENTS = 10_000;
  private static final int IPV6_NETWORK_BYTES = 8;
  private static final double NANOS = 1e9;

  private final int perSecond;
  private final int atOnce;
  private final LongSupplier nanoTime;
  private final Map<String, Client> clients = new LinkedHashMap<>(16, 0.75f, true);

  ClientLimits(int perSecond, int atOnce, LongSupplier nanoTime) {
    this.perSecond = perSecond;
    this.atOnce = atOnce;
    this.nanoTime = nanoTime;
  }

  /** Counts a request in, until the permit is closed. */
  Permit enter(InetAddress address) {
    String key = keyOf(address);
    synchronized (clients) {
      Client client = clients.computeIfAbsent(key, _ -> new Client(full(), now()));
      forgetIdle();
      client.refill(now());
      if (client.underWay >= atOnce) {
        throw tooMany("at most " + atOnce + " requests at once");
      }
      if (client.tokens < 1) {
        throw tooMany("at most " + perSecond + " requests a second");
      }
      client.tokens -= 1;
      client.underWay++;
      return new Permit(client);
    }
  }

  private void forgetIdle() {
    Iterator<Client> oldest = clients.values().iterator();
    int surplus = clients.size() - MOST_CLIENTS;
    while (surplus > 0 && oldest.hasNext()) {
      if (oldest.next().underWay == 0) {
        oldest.remove();
      }
      surplus--;
    }
  }

  private static Problem tooMany(String limit) {
    return Problem.of(
            ProblemType.TOO_MANY_REQUESTS, "One client may make " + limit + "; try again shortly.")
        .with("Retry-After", "1");
  }

  /** What one client is: an IPv4 address, or the network of an IPv6 address. */
  static String keyOf(InetAddress address) {
    byte[] bytes = address.getAddress();
    return HexFormat.of()
        .formatHex(
            address instanceof Inet6Address ? Arrays.copyOf(bytes, IPV6_NETWORK_BYTES) : bytes);
  }

  private double full() {
    return (double) perSecond * BURST_SECONDS;
  }

  private long now() {
    return nanoTime.getAsLong();
  }

  private final class Client {
    private double tokens;
    private long refilledAt;
    private int underWay;

    private Client(double tokens, long refilledAt) {
      this.tokens = tokens;
      this.refilledAt = refilledAt;
    }

    private void refill(long now) {
      tokens = Math.min(full(), tokens + (now - refilledAt) / NANOS * perSecond);
      refilledAt = now;
    }
  }

  /** A request under way. */
  final class Permit implements AutoCloseable {
    private final Client client;

    private Permit(Client client) {
      this.client = client;
    }

    @Override
    public void close() {
      synchronized (clients) {
        client.underWay--;
      }
    }
  }
}
