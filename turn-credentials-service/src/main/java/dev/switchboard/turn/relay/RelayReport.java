package dev.switchboard.turn.relay;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** How the relays stand, for operators. */
@RegisterForReflection
record RelayReport(List<Region> regions) {

  /**
   * A pool.
   *
   * @param isDefault whether callers of no region, or of one that is not here, get this one
   * @param lastKnown whether nothing answers, so that what answered last is handed out
   */
  @RegisterForReflection
  @JsonPropertyOrder({"region", "default", "lastKnown", "relays"})
  record Region(
      String region,
      @JsonProperty("default") boolean isDefault,
      boolean lastKnown,
      List<Server> relays) {}

  /** A relay. */
  @RegisterForReflection
  record Server(String name, int weight, List<Url> urls) {}

  /**
   * A url of it.
   *
   * @param state {@code up}, {@code down} or {@code unknown}, which is not probed
   * @param rttMillis what a Binding took
   * @param since when it went down
   * @param reason why
   */
  @RegisterForReflection
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  @JsonPropertyOrder({"url", "state", "lastSuccess", "rttMillis", "since", "reason"})
  record Url(
      String url,
      String state,
      Optional<Instant> lastSuccess,
      Optional<Double> rttMillis,
      Optional<Instant> since,
      Optional<String> reason) {}

  static RelayReport of(Relays relays) {
    return new RelayReport(
        relays.pools().stream()
            .map(pool ->
                new Region(
                    pool.region(),
                    pool.region().equals(relays.defaultRegion()),
                    pool.isLastKnown(),
                    pool.relays().stream().map(RelayReport::server).toList()))
            .toList());
  }

  private static Server server(Relay relay) {
    return new Server(
        relay.name(), relay.weight(), relay.endpoints().stream().map(RelayReport::url).toList());
  }

  private static Url url(Endpoint endpoint) {
    String url = endpoint.url().template();
    Optional<Instant> lastSuccess = endpoint.lastSuccess();
    return switch (endpoint.standing()) {
      case Standing.Unknown() ->
          new Url(
              url, "unknown", lastSuccess, Optional.empty(), Optional.empty(), Optional.empty());
      case Standing.Up up ->
          new Url(
              url,
              "up",
              lastSuccess,
              Optional.of(up.rtt().toNanos() / 1e6),
              Optional.empty(),
              Optional.empty());
      case Standing.Down down ->
          new Url(
              url,
              "down",
              lastSuccess,
              Optional.empty(),
              Optional.of(down.since()),
              Optional.of(down.reason()));
    };
  }
}
