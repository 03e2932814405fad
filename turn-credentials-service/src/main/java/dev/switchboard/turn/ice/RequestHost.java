package dev.switchboard.turn.ice;

import dev.switchboard.turn.url.Host;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The host a request was sent to. It is the client's word and goes into the client's own answer, so
 * it is taken only if it is a plain name or address.
 */
final class RequestHost {

  private RequestHost() {}

  /** The host of the request's authority, an IPv6 address in brackets; empty if it is no host. */
  static Optional<String> of(HttpServerRequest request) {
    @Nullable HostAndPort authority = request.authority();
    return Optional.ofNullable(authority).map(HostAndPort::host).filter(Host::isHost);
  }
}
