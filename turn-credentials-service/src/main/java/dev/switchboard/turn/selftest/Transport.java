package dev.switchboard.turn.selftest;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.switchboard.turn.stun.BindingClient;
import dev.switchboard.turn.stun.Sighting;
import java.net.InetSocketAddress;
import java.time.Duration;

/** What STUN is carried by. */
public enum Transport {
  @JsonProperty("udp")
  UDP,
  @JsonProperty("tcp")
  TCP;

  Sighting ask(InetSocketAddress server, Duration patience) {
    return switch (this) {
      case UDP -> BindingClient.overUdp(server, patience);
      case TCP -> BindingClient.overTcp(server, patience);
    };
  }
}
