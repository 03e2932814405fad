package dev.switchboard.turn.ice;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LifetimesTest {

  @ParameterizedTest
  @CsvSource({"PT0S, PT1H", "PT0.5S, PT1H", "PT-1H, PT1H", "PT2H, PT1H", "PT1H, P366D"})
  void aLifeThatCannotBeMeantIsRefusedAtStart(Duration ttl, Duration maxTtl) {
    assertThatThrownBy(() -> start(ttl, maxTtl))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("switchboard.ice");
  }

  @ParameterizedTest
  @CsvSource({"PT1S, PT1S", "PT1H, PT24H", "PT1H, P365D"})
  void anyOtherIsTaken(Duration ttl, Duration maxTtl) {
    assertThatCode(() -> start(ttl, maxTtl)).doesNotThrowAnyException();
  }

  private static void start(Duration ttl, Duration maxTtl) {
    new Lifetimes(
            new Config(Optional.empty(), Optional.empty(), TransportPolicy.ALL, ttl, maxTtl, false))
        .refuseToStartTimeless(new StartupEvent());
  }

  private record Config(
      Optional<List<String>> stunUrls,
      Optional<List<String>> turnUrls,
      TransportPolicy transportPolicy,
      Duration ttl,
      Duration maxTtl,
      boolean linkHeader)
      implements IceConfig {}
}
