package dev.switchboard.turn.selftest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SelfTestTest {

  private record Settings(
      Optional<Set<String>> operators, Optional<List<String>> urls, Duration timeout, Duration keep)
      implements SelfTestConfig {

    static Settings of(List<String> urls) {
      return new Settings(
          Optional.of(Set.of("ops")),
          Optional.of(urls),
          Duration.ofMillis(300),
          Duration.ofMinutes(1));
    }

    Settings keeping(Duration time) {
      return new Settings(operators, urls, timeout, time);
    }
  }

  @Test
  void aResultStandsForAWhileAndNobodyIsAskedAgain() throws IOException {
    try (DatagramSocket silent = silent()) {
      SelfTest test = test(Settings.of(List.of(url(silent))));

      SelfTestReport first = test.run().orElseThrow();

      assertThat(test.run()).containsSame(first);
      // Over UDP it is silent; over TCP nobody listens on that port.
      assertThat(first.checks())
          .extracting(Check::finding)
          .containsExactly(Finding.NO_ANSWER, Finding.UNREACHABLE);
      assertThat(test(Settings.of(List.of(url(silent))).keeping(Duration.ZERO)).run()).isPresent();
    }
  }

  @Test
  void itRunsOnceAtATime() throws Exception {
    try (DatagramSocket silent = silent()) {
      SelfTest test = test(Settings.of(List.of(url(silent))));
      CountDownLatch done = new CountDownLatch(1);
      Thread first =
          Thread.ofVirtual()
              .start(() -> {
                test.run();
                done.countDown();
              });
      // The first one's datagram shows that it runs; it then waits for an answer.
      silent.receive(new DatagramPacket(new byte[100], 100));

      assertThat(test.run()).isEmpty();
      assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
      assertThat(test.run()).isPresent();
      first.join();
    }
  }

  @Test
  void aNameWithoutAddressIsUnresolved() {
    assertThat(test(Settings.of(List.of("stun:no-such-host.invalid"))).run().orElseThrow().checks())
        .extracting(Check::finding)
        .containsExactly(Finding.UNRESOLVED, Finding.UNRESOLVED);
  }

  @ParameterizedTest
  @CsvSource({
    "stun:stun.example.org, stun.example.org, 3478",
    "stun:192.0.2.1:443, 192.0.2.1, 443",
    "stun:[2001:db8::1]:3479, 2001:db8::1, 3479",
  })
  void aUrlIsReadAsTheStandardHasIt(String url, String host, int port) {
    assertThat(StunUrl.of(url)).isEqualTo(new StunUrl(url, host, port));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "stun.example.org:3478",
        "stuns:stun.example.org",
        "turn:stun.example.org",
        "stun:{host}:3478",
        "stun:stun.example.org:0",
        "stun:stun.example.org:65536",
        "stun:a/b",
        "stun:",
        "http://stun.example.org",
      })
  void whatIsNoUrlStopsTheStart(String url) {
    assertThatThrownBy(() -> test(Settings.of(List.of(url))))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("switchboard.stun.self-test.urls");
  }

  @Test
  void settingsThatMakeNoSenseStopTheStart() {
    Settings right = Settings.of(List.of("stun:127.0.0.1"));
    for (Settings senseless :
        List.of(
            new Settings(Optional.empty(), right.urls(), right.timeout(), right.keep()),
            new Settings(right.operators(), Optional.empty(), right.timeout(), right.keep()),
            new Settings(right.operators(), right.urls(), Duration.ZERO, right.keep()),
            new Settings(right.operators(), right.urls(), Duration.ofHours(1), right.keep()),
            Settings.of(Collections.nCopies(9, "stun:127.0.0.1")))) {
      assertThatThrownBy(() -> test(senseless).refuseToStartSenseless(new StartupEvent()))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("switchboard.stun.self-test");
    }
    test(right).refuseToStartSenseless(new StartupEvent());
  }

  private static SelfTest test(SelfTestConfig config) {
    return new SelfTest(config, InstantSource.system());
  }

  private static DatagramSocket silent() throws IOException {
    return new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
  }

  private static String url(DatagramSocket server) {
    return "stun:127.0.0.1:" + server.getLocalPort();
  }
}
