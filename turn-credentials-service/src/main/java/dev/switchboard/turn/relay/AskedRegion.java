package dev.switchboard.turn.relay;

import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Which region a request is for: what its query says, or else a header. */
@ApplicationScoped
public class AskedRegion {

  private final String header;

  AskedRegion(RelayConfig config) {
    this.header = config.regionHeader();
  }

  /** The region, which need not be one that there is; empty if nobody says. */
  public Optional<String> of(HttpServerRequest request) {
    return Optional.ofNullable(request.getParam("region"))
        .or(() -> Optional.ofNullable(request.getHeader(header)));
  }
}
