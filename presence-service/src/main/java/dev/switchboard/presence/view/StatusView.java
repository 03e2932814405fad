package dev.switchboard.presence.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a peer says of itself, as JSON.
 *
 * @param text in its own words, at most 140 characters
 * @param until when it is over; without, it stays until another one is said, 30 days at most
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"status", "text", "until"})
public record StatusView(Kind status, @Nullable String text, @Nullable Instant until) {

  /** How reachable it wants to be. */
  public enum Kind {
    @JsonProperty("online")
    ONLINE,
    @JsonProperty("away")
    AWAY,
    @JsonProperty("busy")
    BUSY
  }
}
