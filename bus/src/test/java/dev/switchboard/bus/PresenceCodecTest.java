package dev.switchboard.bus;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.switchboard.identity.Realm;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PresenceCodecTest {

  private static final PresenceChange CHANGE =
      new PresenceChange(
          PresenceChange.Kind.ENTER,
          new Realm("default"),
          "call",
          "ada",
          "s1",
          "n1",
          Instant.parse("2026-01-02T03:04:05.678Z"));

  private static final String JSON =
      "{\"v\":1,\"kind\":\"enter\",\"realm\":\"default\",\"scope\":\"call\",\"peer\":\"ada\","
          + "\"session\":\"s1\",\"node\":\"n1\",\"at\":\"2026-01-02T03:04:05.678Z\"}";

  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final PresenceCodec codec =
      new PresenceCodec(
          JsonMapper.builder()
              .addModule(new JavaTimeModule())
              .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
              .build(),
          metrics);

  @Test
  void aChangeIsWrittenAsDocumented() {
    assertThat(codec.encode(CHANGE)).hasToString(JSON);
  }

  @Test
  void whatIsWrittenCanBeRead() {
    assertThat(codec.decode(Buffer.buffer(JSON))).contains(CHANGE);
  }

  @Test
  void aFieldThatALaterVersionAddsIsOverlooked() {
    assertThat(codec.decode(Buffer.buffer(JSON.replace("{\"v\"", "{\"why\":\"left\",\"v\""))))
        .contains(CHANGE);
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
        "{\"v\":\"1\"}",
        "{\"v\":1}",
        "{\"v\":1,\"kind\":\"enter\",\"realm\":null,\"scope\":\"call\",\"peer\":\"ada\","
            + "\"session\":\"s1\",\"node\":\"n1\",\"at\":\"2026-01-02T03:04:05.678Z\"}",
        "{\"v\":1,\"kind\":\"dance\",\"realm\":\"default\",\"scope\":\"call\",\"peer\":\"ada\","
            + "\"session\":\"s1\",\"node\":\"n1\",\"at\":\"2026-01-02T03:04:05.678Z\"}",
        "{\"v\":1,\"kind\":\"leave\",\"realm\":\"a}b\",\"scope\":\"call\",\"peer\":\"ada\","
            + "\"session\":\"s1\",\"node\":\"n1\",\"at\":\"2026-01-02T03:04:05.678Z\"}",
        "{\"v\":1,\"kind\":\"leave\",\"realm\":\"default\",\"scope\":\"a/b\",\"peer\":\"ada\","
            + "\"session\":\"s1\",\"node\":\"n1\",\"at\":\"2026-01-02T03:04:05.678Z\"}",
        "{\"v\":1,\"kind\":\"leave\",\"realm\":\"default\",\"scope\":\"call\",\"peer\":\"ada\","
            + "\"session\":\"s1\",\"node\":\"n1\",\"at\":\"yesterday\"}",
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
    assertThat(codec.decode(Buffer.buffer(JSON.replace("\"v\":1", "\"v\":2")))).isEmpty();
    assertThat(dropped("version")).isEqualTo(1);
  }

  private double dropped(String reason) {
    return metrics.counter("switchboard.bus.unreadable", "reason", reason).count();
  }
}
