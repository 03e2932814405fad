package dev.switchboard.turn.url;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.ConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IceUrlTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "turn:{host}",
        "turn:{host}:3478",
        "turn:relay.example:3478?transport=udp",
        "turns:relay.example:443?transport=tcp",
        "turn:192.0.2.1",
        "turn:[2001:db8::1]:3478?transport=tcp"
      })
  void aTurnUrlThatABrowserTakesIsTaken(String url) {
    assertThat(IceUrl.turn(url, "switchboard.ice.turn-urls").at("lan.example"))
        .isEqualTo(url.replace("{host}", "lan.example"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "turn:",
        "relay.example:3478",
        "stun:relay.example",
        "turn://relay.example",
        "turn:relay.example:0",
        "turn:relay.example:65536",
        "turn:relay.example:port",
        "turn:relay.example?transport=sctp",
        "turn:relay.example?transport=udp&x=1",
        "turn:user@relay.example",
        "turn:2001:db8::1",
        "turn:{hostname}"
      })
  void aTurnUrlThatWouldMakeABrowserThrowIsRefused(String url) {
    assertThatThrownBy(() -> IceUrl.turn(url, "switchboard.ice.turn-urls"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("switchboard.ice.turn-urls")
        .hasMessageContaining("'" + url + "'");
  }

  @Test
  void aStunUrlHasNoTransport() {
    assertThat(IceUrl.stun("stuns:{host}:5349", "switchboard.ice.stun-urls").needsHost()).isTrue();
    assertThatThrownBy(() -> IceUrl.stun("stun:{host}?transport=udp", "switchboard.ice.stun-urls"))
        .isInstanceOf(ConfigurationException.class);
  }
}
