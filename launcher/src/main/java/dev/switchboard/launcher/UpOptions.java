package dev.switchboard.launcher;

import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How {@code up} was asked for.
 *
 * @param port the first of three TCP ports: signaling, presence, turn-credentials
 * @param stunPort the UDP port of the STUN responder; coturn takes the next one
 * @param pods how many signaling pods there are; the second one listens at port + 3, and so on
 * @param tls whether to serve HTTPS and WSS, on all addresses
 * @param closed whether callers need a token
 * @param relayOnly whether browsers are told to use the relay alone
 * @param images whether the services run as native images
 */
record UpOptions(
    int port,
    int stunPort,
    int pods,
    boolean tls,
    boolean closed,
    boolean relayOnly,
    boolean images)
    implements Request {

  private static final int MOST_PODS = 5;

  static final UpOptions DEFAULT = new UpOptions(8080, 3478, 1, false, false, false, false);

  static Request parse(List<String> args) {
    UpOptions options = DEFAULT;
    for (Iterator<String> rest = args.iterator(); rest.hasNext(); ) {
      String option = rest.next();
      switch (option) {
        case "--tls" -> options = options.withTls();
        case "--closed" -> options = options.withClosed();
        case "--relay-only" -> options = options.withRelayOnly();
        case "--native" -> options = options.withImages();
        case "--pods" -> {
          String pods = rest.hasNext() ? rest.next() : "";
          if (!pods.matches("[1-" + MOST_PODS + "]")) {
            return new Request.Misread("--pods takes a number from 1 to " + MOST_PODS);
          }
          options = options.withPods(Integer.parseInt(pods));
        }
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

  /** Where each signaling pod listens; the first one at {@link #port}. */
  List<Integer> signalingPorts() {
    return IntStream.range(0, pods).mapToObj(pod -> pod == 0 ? port : port + 2 + pod).toList();
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
    return new UpOptions(value, stunPort, pods, tls, closed, relayOnly, images);
  }

  private UpOptions withStunPort(int value) {
    return new UpOptions(port, value, pods, tls, closed, relayOnly, images);
  }

  private UpOptions withPods(int value) {
    return new UpOptions(port, stunPort, value, tls, closed, relayOnly, images);
  }

  private UpOptions withTls() {
    return new UpOptions(port, stunPort, pods, true, closed, relayOnly, images);
  }

  private UpOptions withClosed() {
    return new UpOptions(port, stunPort, pods, tls, true, relayOnly, images);
  }

  private UpOptions withRelayOnly() {
    return new UpOptions(port, stunPort, pods, tls, closed, true, images);
  }

  private UpOptions withImages() {
    return new UpOptions(port, stunPort, pods, tls, closed, relayOnly, true);
  }
}
