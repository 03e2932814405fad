package dev.switchboard.signaling.socket;

import dev.switchboard.identity.Caller;
import dev.switchboard.identity.Realm;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/**
 * What one peer and one address may have of this pod's sockets. A seat is taken before the upgrade,
 * so that handshakes under way count, and held until the TCP connection ends, which is told
 * whatever becomes of the handshake.
 */
@ApplicationScoped
class Seats {

  private final Quota<Peer> peers;
  private final Optional<Quota<Source>> sources;

  Seats(SocketConfig config) {
    this.peers = new Quota<>(config.maxConnectionsPerPeer());
    this.sources =
        config.maxConnectionsPerAddress().stream().mapToObj(Quota<Source>::new).findAny();
  }

  /**
   * Takes a seat for the caller; one without a name is counted by its address alone.
   *
   * @param caller empty if it has yet to say who it is
   * @return why there is none; empty if one was taken
   */
  Optional<UpgradeRefusal> take(Optional<Caller> caller, HttpServerRequest request) {
    Source source = Source.of(request.remoteAddress());
    Optional<Peer> peer = caller.flatMap(it -> it.name().map(name -> new Peer(it.realm(), name)));
    if (!sources.map(quota -> quota.take(source)).orElse(true)) {
      return Optional.of(UpgradeRefusal.ADDRESS_LIMIT);
    }
    if (!peer.map(peers::take).orElse(true)) {
      sources.ifPresent(quota -> quota.giveBack(source));
      return Optional.of(UpgradeRefusal.PEER_LIMIT);
    }
    // Apart, so that a connection holds what it has to give back and no more.
    peer.ifPresent(holder -> whenItEnds(request, () -> peers.giveBack(holder)));
    sources.ifPresent(quota -> whenItEnds(request, () -> quota.giveBack(source)));
    return Optional.empty();
  }

  private static void whenItEnds(HttpServerRequest request, Runnable giveBack) {
    var _ =
        ((ConnectionBase) request.connection())
            .channel()
            .closeFuture()
            .addListener(_ -> giveBack.run());
  }

  /** How many peers and addresses have a seat: a measure of what this remembers. */
  int holders() {
    return peers.holders() + sources.map(Quota::holders).orElse(0);
  }

  /** A name within its realm. */
  private record Peer(Realm realm, String name) {}
}
