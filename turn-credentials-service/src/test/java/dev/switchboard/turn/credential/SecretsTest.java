package dev.switchboard.turn.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SecretsTest {

  private static final Instant NOW = Instant.parse("2027-01-15T08:00:00Z");
  private static final String OLD = "an-older-secret-of-the-relay";
  private static final String NEW = "a-newer-secret-of-the-relay";

  @Test
  void theFirstOfThePlainOnesSigns() {
    assertThat(signing(of(Map.of(), NEW, OLD), NOW)).contains(NEW);
  }

  @Test
  void theNewestThatIsValidSigns() {
    Instant change = NOW.plusSeconds(60);
    Secrets secrets =
        of(
            Map.of(
                "old", timed(OLD, NOW.minusSeconds(60), NOW.plusSeconds(600)),
                "new", timed(NEW, change, null)));

    assertThat(signing(secrets, change.minusMillis(1))).contains(OLD);
    assertThat(signing(secrets, change)).contains(NEW);
  }

  @Test
  void aTimedOneTakesOverFromAPlainOneAndGivesItBack() {
    Secrets secrets = of(Map.of("new", timed(NEW, NOW, NOW.plusSeconds(60))), OLD);

    assertThat(signing(secrets, NOW.minusSeconds(1))).contains(OLD);
    assertThat(signing(secrets, NOW)).contains(NEW);
    assertThat(signing(secrets, NOW.plusSeconds(60))).contains(OLD);
  }

  @Test
  void relaysTakeASecretBeforeItSignsAndUntilItIsOver() {
    Instant end = NOW.plusSeconds(60);
    Secrets secrets =
        of(
            Map.of(
                "old", timed(OLD, null, end),
                "new", timed(NEW, NOW.plusSeconds(30), null)));

    assertThat(secrets.accepted(NOW)).containsExactlyInAnyOrder(OLD, NEW);
    assertThat(secrets.over(NOW)).isEmpty();
    assertThat(secrets.accepted(end.plusMillis(1))).containsExactly(NEW);
    assertThat(secrets.over(end.plusMillis(1))).containsExactly(OLD);
  }

  @Test
  void oneThatIsOverUnderOneIdAndNotUnderAnotherIsTaken() {
    Secrets secrets = of(Map.of("old", timed(OLD, null, NOW.minusSeconds(1))), OLD);

    assertThat(secrets.accepted(NOW)).containsExactly(OLD);
    assertThat(secrets.over(NOW)).isEmpty();
  }

  @Test
  void whatCannotBeMeantIsRefusedAndNotTold() {
    refused(of(Map.of(), NEW, "guessme"), "at least 16 characters");
    refused(of(Map.of("short", timed("guessme", null, null))), "at least 16 characters");
    refused(of(Map.of("late", timed(NEW, NOW.plusSeconds(1), null))), "valid now");
    refused(of(Map.of("gone", timed(NEW, null, NOW.minusSeconds(1)))), "valid now");
    refused(of(Map.of("back", timed(NEW, NOW, NOW))), "not-before after its not-after");
  }

  @Test
  void noSecretAtAllIsNoMistakeHere() {
    Secrets secrets = of(Map.of());

    assertThatCode(() -> secrets.refuseToStartGuessable(new StartupEvent()))
        .doesNotThrowAnyException();
    assertThat(secrets.isEmpty()).isTrue();
  }

  @Test
  void aSecretDoesNotTellItself() {
    assertThat(Secret.always(NEW)).asString().doesNotContain(NEW);
  }

  private static void refused(Secrets secrets, String reason) {
    assertThatThrownBy(() -> secrets.refuseToStartGuessable(new StartupEvent()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(reason)
        .hasMessageNotContainingAny("guessme", NEW);
  }

  private static Optional<String> signing(Secrets secrets, Instant now) {
    return secrets.signing(now).map(Secret::value);
  }

  static Secrets of(Map<String, TurnConfig.TimedSecret> timed, String... plain) {
    return new Secrets(
        new TurnConfig() {
          @Override
          public Optional<List<String>> secrets() {
            return Optional.of(List.of(plain));
          }

          @Override
          public Map<String, TimedSecret> timedSecrets() {
            return timed;
          }
        },
        () -> NOW);
  }

  static TurnConfig.TimedSecret timed(
      String value, @Nullable Instant notBefore, @Nullable Instant notAfter) {
    return new TurnConfig.TimedSecret() {
      @Override
      public String value() {
        return value;
      }

      @Override
      public Optional<Instant> notBefore() {
        return Optional.ofNullable(notBefore);
      }

      @Override
      public Optional<Instant> notAfter() {
        return Optional.ofNullable(notAfter);
      }
    };
  }
}
