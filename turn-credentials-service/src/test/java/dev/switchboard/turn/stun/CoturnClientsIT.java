package dev.switchboard.turn.stun;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** coturn's own clients read what we answer. */
class CoturnClientsIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private @Nullable StunServer server;

  @AfterEach
  void stop() {
    if (server != null) {
      server.stop(new ShutdownEvent());
    }
  }

  @ParameterizedTest
  @CsvSource({"127.0.0.1, 127.0.0.1:", "::1, ::1:"})
  void stunclientReadsItsAddress(String address, String told) throws Exception {
    int port = start(TestConfig.on("127.0.0.1", "::1"));

    String output = run("turnutils_stunclient", "-p", String.valueOf(port), address);

    assertThat(output).containsPattern("UDP reflexive addr: " + told + "[0-9]+");
    assertThat(output).doesNotContain("RFC 5780");
  }

  @Test
  void stunclientReadsItsAddressBesideSoftware() throws Exception {
    int port = start(TestConfig.on("127.0.0.1").withSoftware("switchboard"));

    assertThat(run("turnutils_stunclient", "-p", String.valueOf(port), "127.0.0.1"))
        .containsPattern("UDP reflexive addr: 127.0.0.1:[0-9]+");
  }

  @Test
  void stunclientGetsAllOfRfc5780() throws Exception {
    int port = start(discovering());

    String output = run("turnutils_stunclient", "-f", "-p", String.valueOf(port), "127.0.0.1");

    assertThat(output)
        .contains("RFC 5780 response 3")
        .containsPattern("Response origin: : 127.0.0.2:")
        .doesNotContain("error");
  }

  @Test
  void withoutASecondAddressNatdiscoveryFindsNoServerForIt() throws Exception {
    int port = start(TestConfig.on("127.0.0.1"));

    assertThat(natdiscovery(port, "", "-m", "-f"))
        .contains("No NAT! (Endpoint Independent Mapping)")
        .doesNotContain("RFC 5780 response");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-P"})
  void natdiscoverySeesThatThereIsNoNat(String padding) throws Exception {
    int port = start(discovering());

    String output = natdiscovery(port, padding, "-m", "-f");

    assertThat(output)
        .contains("No NAT! (Endpoint Independent Mapping)")
        .contains("NAT with Endpoint Independent Mapping!")
        .contains("NAT with Endpoint Independent Filtering!")
        .contains("No ALG: Mapped == XOR-Mapped")
        .doesNotContain("timeout")
        .doesNotContain("error");
  }

  @Test
  void natdiscoveryFindsHowLongAMappingLivesByResponsePort() throws Exception {
    int port = start(discovering());

    assertThat(natdiscovery(port, "", "-t", "-T", "1"))
        .contains("RFC 5780 response 2")
        .doesNotContain("timeout")
        .doesNotContain("error");
  }

  private String natdiscovery(int port, String padding, String... tests) throws Exception {
    List<String> arguments = new ArrayList<>(List.of(tests));
    if (!padding.isEmpty()) {
      arguments.add(padding);
    }
    arguments.addAll(List.of("-L", "127.0.0.1", "-p", String.valueOf(port), "127.0.0.1"));
    return run("turnutils_natdiscovery", arguments.toArray(String[]::new));
  }

  private static TestConfig discovering() {
    return TestConfig.on("127.0.0.1").withDiscovery(Optional.of("127.0.0.2"), OptionalInt.of(0));
  }

  private int start(TestConfig config) {
    StunServer created =
        new StunServer(config, new StunOutcomes(registry), new TcpOutcomes(registry));
    server = created;
    created.start(new StartupEvent());
    return created.port().orElseThrow();
  }

  private static String run(String program, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(program));
    command.addAll(List.of(arguments));
    Path output = Path.of("target", program + ".log");
    Process process;
    try {
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
    } catch (IOException e) {
      throw new AssertionError(
          program + " does not start: install the package 'coturn' to run this test", e);
    }
    try {
      assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
          .as(program + " ends")
          .isTrue();
      return Files.readString(output, StandardCharsets.UTF_8);
    } finally {
      process.destroyForcibly();
    }
  }
}
