package dev.switchboard.signaling.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(TrustedProxyTest.Behind.class)
class TrustedProxyTest {

  public static class Behind implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "switchboard.auth.mode", "open",
          "switchboard.announce.enabled", "false",
          "switchboard.socket.max-connections-per-address", "1",
          "quarkus.http.proxy.proxy-address-forwarding", "true",
          "quarkus.http.proxy.trusted-proxies", "127.0.0.1");
    }
  }

  @TestHTTPResource("/")
  URI root;

  @Test
  void aTrustedProxySaysWhoseConnectionItIs() throws IOException {
    try (RawSocket one = RawSocket.open(root, "/", "X-Forwarded-For: 198.51.100.1");
        RawSocket two = RawSocket.open(root, "/", "X-Forwarded-For: 198.51.100.2");
        RawSocket again = RawSocket.open(root, "/", "X-Forwarded-For: 198.51.100.1")) {
      assertThat(one.status()).contains(" 101 ");
      assertThat(two.status()).contains(" 101 ");
      assertThat(again.status()).contains(" 429 ");
    }
  }

  /** Which is why docs/identity.md wants a proxy that sets the header and does not append to it. */
  @Test
  void ofSeveralAddressesTheFirstCounts() throws IOException {
    try (RawSocket one = RawSocket.open(root, "/", "X-Forwarded-For: 198.51.100.3, 198.51.100.4");
        RawSocket two = RawSocket.open(root, "/", "X-Forwarded-For: 198.51.100.5, 198.51.100.4");
        RawSocket again = RawSocket.open(root, "/", "X-Forwarded-For: 198.51.100.3")) {
      assertThat(one.status()).contains(" 101 ");
      assertThat(two.status()).contains(" 101 ");
      assertThat(again.status()).contains(" 429 ");
    }
  }

  @Test
  void anIpv6NetworkOf64BitsIsOneAddress() throws IOException {
    try (RawSocket one = RawSocket.open(root, "/", "X-Forwarded-For: 2001:db8:1:2::1");
        RawSocket two = RawSocket.open(root, "/", "X-Forwarded-For: 2001:db8:1:3::1");
        RawSocket again = RawSocket.open(root, "/", "X-Forwarded-For: 2001:db8:1:2:3:4:5:6")) {
      assertThat(one.status()).contains(" 101 ");
      assertThat(two.status()).contains(" 101 ");
      assertThat(again.status()).contains(" 429 ");
    }
  }
}
