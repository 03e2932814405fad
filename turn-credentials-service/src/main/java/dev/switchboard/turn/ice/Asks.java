package dev.switchboard.turn.ice;

import dev.switchboard.turn.relay.AskedRegion;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what every envelope understands in the same way. */
@ApplicationScoped
public class Asks {

  private final AskedRegion region;

  Asks(AskedRegion region) {
    this.region = region;
  }

  /** What the request asks for; the life comes in another way in each envelope. */
  public Ask of(HttpServerRequest request, Optional<Duration> life) {
    return new Ask(
        RequestHost.of(request),
        region.of(request),
        life,
        address(request),
        request.response().headers());
  }

  /** Behind a proxy it is the client's if {@code quarkus.http.proxy} trusts the proxy. */
  private static String address(HttpServerRequest request) {
    @Nullable SocketAddress remote = request.remoteAddress();
    return remote == null || remote.host() == null ? "unknown" : remote.host();
  }
}
