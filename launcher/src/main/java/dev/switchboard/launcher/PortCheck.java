package dev.switchboard.launcher;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks whether every port of a run is free before anything is started. */
record PortCheck(UpOptions options, boolean withTurn) {

  private record Tcp(int port, String who) {}

  /** A sentence about the first port that is taken. */
  Optional<String> firstTaken() {
    String host = options.bindAddress();
    List<Tcp> needed = new ArrayList<>();
    options.signalingPorts().forEach(port -> needed.add(new Tcp(port, "signaling-service")));
    needed.add(new Tcp(options.presencePort(), "presence-service"));
    needed.add(new Tcp(options.icePort(), "turn-credentials-service"));
    for (Tcp tcp : needed) {
      if (!Addresses.isTcpPortFree(host, tcp.port())) {
        return Optional.of(
            "port %d, which %s needs, is taken: try --port with another one"
                .formatted(tcp.port(), tcp.who()));
      }
    }
    if (!Addresses.isUdpPortFree(host, options.stunPort())) {
      return Optional.of(
          "UDP port %d, which the STUN responder needs, is taken: try --stun-port with another one"
              .formatted(options.stunPort()));
    }
    boolean turnIsFree =
        Addresses.isTcpPortFree(host, options.turnPort())
            && Addresses.isUdpPortFree(host, options.turnPort());
    return turnIsFree || !withTurn
        ? Optional.empty()
        : Optional.of(
            "port %d, which coturn needs, is taken: try --stun-port with another one"
                .formatted(options.turnPort()));
  }
}
