package dev.switchboard.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.testing.PackagedService;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The packaged service, started wrongly: one line says why, and it is gone. */
class RefusalToStartIT {

  private static final Path OUTPUT = Path.of("target", "refusal.log");
  private static final int PATIENCE_SECONDS = 60;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "switchboard.auth.mode | closed | No key to check tokens with",
        "switchboard.ice.turn-urls | turn:relay.example | there is no secret",
        "switchboard.turn.secrets | guessme | at least 16 characters",
        "switchboard.turn.secrets.old.value | guessme | at least 16 characters",
        "switchboard.relay.default-region | atlantis | switchboard.relay.default-region",
        "switchboard.quota.caller.limit | 0 | a limit of at least 1",
        "switchboard.turn.userdb.enabled | true | switchboard.turn.userdb.realms",
        "switchboard.ice.transport-policy | relay | switchboard.ice.turn-urls",
        "switchboard.ice.ttl | 25h | switchboard.ice.max-ttl",
      })
  void aConfigurationThatCannotBeMeantIsRefusedInOneLine(String key, String value, String reason)
      throws Exception {
    assertRefusal(run(key, value), reason);
  }

  @Test
  void aTakenStunPortIsToldInOneLine() throws Exception {
    InetSocketAddress any = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
    try (DatagramSocket taken = new DatagramSocket(any)) {
      assertRefusal(
          run("switchboard.stun.port", String.valueOf(taken.getLocalPort())),
          "STUN cannot listen on UDP port " + taken.getLocalPort() + " of 127.0.0.1");
    }
  }

  private static void assertRefusal(Outcome outcome, String reason) {
    assertThat(outcome.status()).as(outcome.output()).isNotZero();
    assertThat(outcome.output()).contains(reason).doesNotContain("guessme", "Exception", "\tat ");
  }

  private record Outcome(int status, String output) {}

  private static Outcome run(String key, String value) throws IOException, InterruptedException {
    Map<String, String> settings = new HashMap<>();
    settings.put("quarkus.http.host", "127.0.0.1");
    settings.put("quarkus.http.port", "0");
    settings.put("switchboard.auth.mode", "open");
    settings.put("switchboard.stun.port", "0");
    settings.put("switchboard.stun.addresses", "127.0.0.1");
    settings.put(key, value);
    Process process =
        new ProcessBuilder(PackagedService.command(settings))
            .redirectErrorStream(true)
            .redirectOutput(OUTPUT.toFile())
            .start();
    try {
      assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).as("it ends").isTrue();
      return new Outcome(process.exitValue(), Files.readString(OUTPUT));
    } finally {
      process.destroyForcibly();
    }
  }
}
