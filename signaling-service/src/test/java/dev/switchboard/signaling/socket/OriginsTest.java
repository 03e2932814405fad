package dev.switchboard.signaling.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.configuration.MemorySize;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class OriginsTest {

  @Test
  void byDefaultThePageMustComeFromThisHost() {
    Origins origins = new Origins(allowing());

    assertThat(origins.allow("https://app.example", "app.example")).isTrue();
    assertThat(origins.allow("http://App.Example:8080", "app.example:8080")).isTrue();
    assertThat(origins.allow("http://app.example:8081", "app.example:8080")).isFalse();
    assertThat(origins.allow("https://evil.example", "app.example")).isFalse();
    assertThat(origins.allow("https://app.example.evil.example", "app.example")).isFalse();
    assertThat(origins.allow("null", "app.example")).isFalse();
    assertThat(origins.allow("https://app.example", null)).isFalse();
  }

  @Test
  void aClientThatIsNoBrowserSendsNoOriginAndIsNotAsked() {
    assertThat(new Origins(allowing()).allow(null, "app.example")).isTrue();
    assertThat(new Origins(allowing("https://app.example")).allow(null, "x")).isTrue();
  }

  @Test
  void anAllowListReplacesTheDefault() {
    Origins origins = new Origins(allowing("https://App.example", " http://localhost:3000 "));

    assertThat(origins.allow("https://app.example", "signal.example")).isTrue();
    assertThat(origins.allow("http://localhost:3000", "signal.example")).isTrue();
    assertThat(origins.allow("https://signal.example", "signal.example")).isFalse();
    assertThat(origins.allow("http://app.example", "signal.example")).isFalse();
  }

  @Test
  void aStarAllowsEverybody() {
    assertThat(new Origins(allowing("*")).allow("https://anyone.example", "x")).isTrue();
  }

  private static SocketConfig allowing(String... origins) {
    return new SocketConfig() {
      @Override
      public MemorySize maxFrame() {
        return new MemorySize(BigInteger.ONE);
      }

      @Override
      public MemorySize outbox() {
        return new MemorySize(BigInteger.ONE);
      }

      @Override
      public int maxConnections() {
        return 1;
      }

      @Override
      public int maxConnectionsPerPeer() {
        return 1;
      }

      @Override
      public OptionalInt maxConnectionsPerAddress() {
        return OptionalInt.empty();
      }

      @Override
      public Optional<List<String>> accessTokenPaths() {
        return Optional.empty();
      }

      @Override
      public int messagesPerSecond() {
        return 1;
      }

      @Override
      public int messagesBurst() {
        return 1;
      }

      @Override
      public Duration deadAfter() {
        return Duration.ofSeconds(1);
      }

      @Override
      public Duration tokenWarning() {
        return Duration.ofSeconds(1);
      }

      @Override
      public Optional<List<String>> allowedOrigins() {
        return origins.length == 0 ? Optional.empty() : Optional.of(List.of(origins));
      }
    };
  }
}
