package dev.switchboard.bus;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.switchboard.identity.Realm;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HintCodecTest {

  private static final String HINT = "{\"v\":2,\"realm\":\"acme\"}";

  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final HintCodec codec = new HintCodec(new ObjectMapper(), metrics);

  @ParameterizedTest
  @ValueSource(strings = {HINT, "{\"why\":\"left\",\"v\":2,\"realm\":\"acme\"}"})
  void aHintSaysWhichRealmHasChanged(String hint) {
    assertThat(codec.decode(Buffer.buffer(hint))).contains(new Realm("acme"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "noise",
        "{",
        "[]",
        "null",
        "{}",
        "{\"v\":\"2\"}",
        "{\"v\":2}",
        "{\"v\":2,\"realm\":null}",
        "{\"v\":2,\"realm\":\"a}b\"}",
      })
  void noiseIsDroppedAndCounted(String noise) {
    assertThat(codec.decode(Buffer.buffer(noise))).isEmpty();
    assertThat(dropped("noise")).isEqualTo(1);
  }

  @Test
  void bytesThatAreNoTextAreDroppedAndCounted() {
    assertThat(codec.decode(Buffer.buffer(new byte[] {0, -1, 7}))).isEmpty();
    assertThat(dropped("noise")).isEqualTo(1);
  }

  @Test
  void aVersionNotKnownHereIsDroppedAndCounted() {
    assertThat(codec.decode(Buffer.buffer(HINT.replace("2", "1")))).isEmpty();
    assertThat(dropped("version")).isEqualTo(1);
  }

  private double dropped(String reason) {
    return metrics.counter("switchboard.bus.unreadable", "reason", reason).count();
  }
}
