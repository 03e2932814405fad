package dev.switchboard.signaling.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.net.SocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceTest {

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1, true",
    "192.0.2.1, 192.0.2.2, false",
    "2001:db8:1:2::1, 2001:db8:1:2:ffff:ffff:ffff:ffff, true",
    "2001:db8:1:2::1, 2001:db8:1:3::1, false",
    "2001:DB8::1, 2001:0db8:0:0::2, true",
    "unknown, unknown, true",
    "unknown, _hidden, false",
  })
  void anIpv4AddressIsASourceAndSoIsANetworkOf64Bits(String one, String other, boolean same) {
    assertThat(of(one).equals(of(other))).isEqualTo(same);
  }

  @Test
  void anIpv4AddressInIpv6ClothesIsThatAddress() {
    assertThat(of("::ffff:192.0.2.1")).isEqualTo(of("192.0.2.1"));
    assertThat(of("::ffff:192.0.2.1")).isNotEqualTo(of("::ffff:192.0.2.2"));
  }

  @Test
  void whoHasNoAddressIsASourceToo() {
    assertThat(Source.of(null)).isEqualTo(Source.of(SocketAddress.domainSocketAddress("/tmp/x")));
  }

  private static Source of(String host) {
    return Source.of(SocketAddress.inetSocketAddress(4711, host));
  }
}
