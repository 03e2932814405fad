package dev.switchboard.signaling.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CatalogueTest {

  @ParameterizedTest
  @EnumSource(CloseCode.class)
  void ourOwnCodesSayByTheirNumberWhetherToComeBack(CloseCode code) {
    if (code.code() >= 3000) {
      assertThat(code.code()).isLessThan(4000);
      assertThat(code.reconnect()).isEqualTo(code.code() < 3500);
    }
    assertThat(code.reason().getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(123);
  }

  @Test
  void codesAreUnique() {
    assertThat(CloseCode.values()).extracting(CloseCode::code).doesNotHaveDuplicates();
    assertThat(Refusal.Reason.values()).extracting(Refusal.Reason::code).doesNotHaveDuplicates();
  }

  @Test
  void aRefusalDoesNotEchoWithoutBound() {
    assertThat(new Refusal(Refusal.Reason.UNKNOWN_COMMAND, "x".repeat(60_000)).subject())
        .hasSize(128)
        .endsWith("…");
  }

  @Test
  void aPayloadDoesNotPrintWhatItHolds() {
    assertThat(Payload.of("{\"sdp\":\"secret\"}")).hasToString("payload of 16 characters");
  }
}
