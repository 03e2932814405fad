package dev.switchboard.turn.ice;

import dev.switchboard.turn.relay.AskedRegion;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;

/** Reads what every envelope understands in the same way. */
@ApplicationScoped
public class Asks {

  private final AskedRegion region;

  Asks(AskedRegion region) {
    this.region = region;
  }

  /** What the request asks for; the life comes in another way in each envelope. */
  public Ask of(HttpServerRequest request, Optional<Duration> life) {
    return new Ask(RequestHost.of(request), region.of(request), life);
  }
}
