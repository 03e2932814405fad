package dev.switchboard.signaling.dialect.mediasession;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.signaling.dialect.Decoded;
import dev.switchboard.signaling.protocol.Command;
import dev.switchboard.signaling.protocol.Event;
import dev.switchboard.signaling.protocol.Frame;
import dev.switchboard.signaling.protocol.Outcome;
import dev.switchboard.signaling.protocol.Refusal;
import dev.switchboard.signaling.protocol.Refusal.Reason;
import dev.switchboard.signaling.protocol.SessionId;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MediasessionCodecTest {

  private static final SessionId SELF = SessionId.fresh();

  private final MediasessionCodec codec = new MediasessionCodec(8);

  @Test
  void aFrameThatNamesASessionIsKeptWhole() {
    Frame frame = new Frame.Text(session("admin", "3", "a= "));
    assertThat(codec.decode(session("admin", "3", "a= ")))
        .isEqualTo(new Decoded.Understood(new Command.Reflect(Optional.of("admin"), 8, frame)));
  }

  @Test
  void whatComesBackIsTheFrameItself() {
    byte[] bytes = {0, -1, 16};
    Decoded.Understood understood = (Decoded.Understood) codec.decode(bytes);
    Frame frame = ((Command.Reflect) understood.command()).frame();

    assertThat(codec.encode(SELF, new Event.Reflected(frame))).isSameAs(frame);
    assertThat(((Frame.Binary) frame).bytes()).isSameAs(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "4", "-3", "3.0", "3e0", "33333333333333333333"})
  void aLengthThatIsNotThatOfTheDataIsRefused(String length) {
    assertThat(codec.decode(session("admin", length, "a= ")))
        .isEqualTo(new Decoded.NotUnderstood(new Refusal(Reason.BAD_FIELD, "length")));
    assertThat(codec.decode(session("admin", length, "a= ").getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(new Decoded.NotUnderstood(new Refusal(Reason.BAD_FIELD, "length")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{}",
        "{\"createMediaSession\":null}",
        "{\"createMediaSession\":[]}",
        "{\"createMediaSession\":{}}",
        "{\"createMediaSession\":{\"userName\":\"a\",\"sdp\":{}}}",
        "{\"createMediaSession\":{\"userName\":1,\"sdp\":{\"length\":0,\"data\":\"\"}}}",
        "{\"createMediaSession\":{\"userName\":\"a\",\"sdp\":{\"length\":null,\"data\":\"\"}}}",
        "{\"createMediaSession\":{\"userName\":\"a\",\"sdp\":{\"length\":0,\"data\":[]}}}",
        "{\"createMediaSession\":{\"userName\":\"a\",\"sdp\":\"v=0\"}}",
        "{\"createMediaSession\":{\"userName\":\"a\",\"sdp\":{\"length\":9,\"data\":\"\"}}} {}",
      })
  void whateverElseGivesNoName(String frame) {
    assertThat(codec.decode(frame))
        .isEqualTo(
            new Decoded.Understood(
                new Command.Reflect(Optional.empty(), 8, new Frame.Text(frame))));
  }

  @ParameterizedTest
  @EnumSource(Reason.class)
  void everyRefusalHasWords(Reason reason) {
    Frame frame =
        codec
            .answer(SELF, Optional.empty(), new Outcome.Refused(new Refusal(reason, "x")))
            .getFirst();
    assertThat(((Frame.Text) frame).text())
        .startsWith("{\"error\":{\"code\":\"" + reason.code() + "\",\"message\":\"")
        .endsWith(",\"retry\":" + reason.retry() + "}}");
  }

  private static String session(String name, String length, String data) {
    return "{\"createMediaSession\":{\"userName\":\"%s\",\"sdp\":{\"length\":%s,\"data\":\"%s\"}}}"
        .formatted(name, length, data);
  }
}
