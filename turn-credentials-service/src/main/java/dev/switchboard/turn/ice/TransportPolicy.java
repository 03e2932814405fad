package dev.switchboard.turn.ice;

import com.fasterxml.jackson.annotation.JsonProperty;

/** W3C's {@code RTCIceTransportPolicy}. */
public enum TransportPolicy {
  /** Any candidate may be used. */
  @JsonProperty("all")
  ALL,
  /** Only candidates of a TURN server: no address of the browser is shown to its partner. */
  @JsonProperty("relay")
  RELAY
}
