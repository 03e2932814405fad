package dev.switchboard.launcher;

import java.util.Iterator;
import java.util.List;

/**
 * How {@code up} was asked for.
 *
 * @param port the first of three TCP ports: signaling, presence, turn-credentials
 * @param stunPort the UDP port of the STUN responder; coturn takes the next one
 * @param tls whether to serve HTTPS and WSS, on all addresses
 * @param closed whether callers need a token
 * @param relayOnly whether browsers are told to use the relay alone
 */
record UpOptions(int port, int stunPort, boolean tls, boolean closed, boolean relayOnly)
    implements Request {

  static final UpOptions DEFAULT = new UpOptions(8080, 3478, false, false, false);

  static Request parse(List<String> args) {
    UpOptions options = DEFAULT;
    for (Iterator<String> rest = args.iterator(); rest.hasNext(); ) {
      String option = rest.next();
      switch (option) {
        case "--tls" -> options = options.withTls();
        case "--closed" -> options = options.withClosed();
        case "--relay-only" -> options = options.withRelayOnly();
        case "--port", "--stun-port" -> {
          int port = rest.hasNext() ? port(rest.next()) : 0;
          if (port == 0) {
            return new Request.Misread(option + " takes a port from 1 to 65500");
          }
          options = option.equals("--port") ? options.withPort(port) : options.withStunPort(port);
        }
        default -> {
          return new Request.Misread("up does not know " + option);
        }
      }
    }
    return options;
  }

  private static int port(String text) {
    // The last ports are left for the neighbours that are counted from it.
    return text.matches("[0-9]{1,5}") && Integer.parseInt(text) <= 65500
        ? Integer.parseInt(text)
        : 0;
  }

  int presencePort() {
    return port + 1;
  }

  int icePort() {
    return port + 2;
  }

  int turnPort() {
    return stunPort + 1;
  }

  String scheme() {
    return tls ? "https" : "http";
  }

  /** Where the services listen: every address only where there is TLS. */
  String bindAddress() {
    return tls ? "0.0.0.0" : "127.0.0.1";
  }

  private UpOptions withPort(int value) {
    return new UpOptions(value, stunPort, tls, closed, relayOnly);
  }

  private UpOptions withStunPort(int value) {
    return new UpOptions(port, value, tls, closed, relayOnly);
  }

  private UpOptions withTls() {
    return new UpOptions(port, stunPort, true, closed, relayOnly);
  }

  private UpOptions withClosed() {
    return new UpOptions(port, stunPort, tls, true, relayOnly);
  }

  private UpOptions withRelayOnly() {
    return new UpOptions(port, stunPort, tls, closed, true);
  }
}
