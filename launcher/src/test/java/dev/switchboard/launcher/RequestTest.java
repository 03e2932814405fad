package dev.switchboard.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTest {

  @Test
  void withoutOptionsThePortsAreTheDocumentedOnes() {
    UpOptions options = (UpOptions) Request.parse("up", List.of());

    assertThat(options.port()).isEqualTo(8080);
    assertThat(options.presencePort()).isEqualTo(8081);
    assertThat(options.icePort()).isEqualTo(8082);
    assertThat(options.stunPort()).isEqualTo(3478);
    assertThat(options.turnPort()).isEqualTo(3479);
    assertThat(options.bindAddress()).isEqualTo("127.0.0.1");
    assertThat(options.closed()).isFalse();
  }

  @Test
  void eachOptionSetsWhatItSays() {
    assertThat(
            Request.parse(
                "up",
                List.of(
                    "--tls",
                    "--port",
                    "9000",
                    "--closed",
                    "--stun-port",
                    "5000",
                    "--relay-only",
                    "--native",
                    "--pods",
                    "2")))
        .isEqualTo(new UpOptions(9000, 5000, 2, true, true, true, true));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "65501", "99999", "123456", "many", "", "80 80", "٨٠"})
  void aPortThatIsNoneIsRefused(String port) {
    assertThat(Request.parse("up", List.of("--port", port)))
        .isEqualTo(new Request.Misread("--port takes a port from 1 to 65500"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "6", "-1", "many", "", "10"})
  void aNumberOfPodsThatCannotBeIsRefused(String pods) {
    assertThat(Request.parse("up", List.of("--pods", pods)))
        .isEqualTo(new Request.Misread("--pods takes a number from 1 to 5"));
  }

  @Test
  void furtherSignalingPodsComeAfterTheThreeServices() {
    UpOptions options = (UpOptions) Request.parse("up", List.of("--pods", "3"));

    assertThat(options.signalingPorts()).containsExactly(8080, 8083, 8084);
  }

  @Test
  void aPortThatIsMissingIsRefused() {
    assertThat(Request.parse("up", List.of("--stun-port")))
        .isEqualTo(new Request.Misread("--stun-port takes a port from 1 to 65500"));
  }

  @Test
  void whatNobodyKnowsIsRefused() {
    assertThat(Request.parse("up", List.of("--fast")))
        .isEqualTo(new Request.Misread("up does not know --fast"));
    assertThat(Request.parse("fly", List.of())).isInstanceOf(Request.Misread.class);
    assertThat(Request.parse("down", List.of("--all"))).isInstanceOf(Request.Misread.class);
  }

  @Test
  void aTokenIsForOnePeer() {
    assertThat(Request.parse("token", List.of("ada", "--realm", "acme", "--seconds", "60")))
        .isEqualTo(new TokenOptions("ada", "acme", Duration.ofSeconds(60)));
    assertThat(Request.parse("token", List.of()))
        .isEqualTo(new Request.Misread("token takes the name of a peer"));
    assertThat(Request.parse("token", List.of("ada", "bob"))).isInstanceOf(Request.Misread.class);
    assertThat(Request.parse("token", List.of("ada", "--realm", "a}b")))
        .isInstanceOf(Request.Misread.class);
    assertThat(Request.parse("token", List.of("ada", "--seconds", "0")))
        .isInstanceOf(Request.Misread.class);
  }
}
