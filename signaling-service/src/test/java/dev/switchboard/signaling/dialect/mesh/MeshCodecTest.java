package dev.switchboard.signaling.dialect.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.signaling.dialect.Decoded;
import dev.switchboard.signaling.protocol.Arrival;
import dev.switchboard.signaling.protocol.Command;
import dev.switchboard.signaling.protocol.Event;
import dev.switchboard.signaling.protocol.Frame;
import dev.switchboard.signaling.protocol.Leaving;
import dev.switchboard.signaling.protocol.Member;
import dev.switchboard.signaling.protocol.Outcome;
import dev.switchboard.signaling.protocol.Payload;
import dev.switchboard.signaling.protocol.Refusal;
import dev.switchboard.signaling.protocol.SessionId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MeshCodecTest {

  private static final Member EVE = new Member(SessionId.fresh(), 3, "", "\"a nonce\"");

  private final MeshCodec codec = new MeshCodec();

  @ParameterizedTest
  @CsvSource({"NEW,false", "BACK,false", "AFRESH,true"})
  void onlyWhoBeganAfreshHasReloaded(Arrival arrival, boolean reload) {
    assertThat(text(new Event.MemberJoined("mesh", EVE, arrival)))
        .isEqualTo("{\"type\":\"online\",\"id\":3,\"reload\":%s}", reload);
  }

  @ParameterizedTest
  @EnumSource(Leaving.class)
  void whoIsGoneIsOffline(Leaving leaving) {
    assertThat(text(new Event.MemberLeft("mesh", EVE, leaving)))
        .isEqualTo("{\"type\":\"offline\",\"id\":3}");
  }

  @Test
  void aSignalIsSplicedIntoText() {
    String frame = "{\"to\":1, \"data\": { \"n\" : 1.50 } ,\"type\":\"signal\"}";
    Decoded.Understood understood = (Decoded.Understood) codec.decode(frame);
    Command.Whisper whisper = (Command.Whisper) understood.command();

    assertThat(whisper.number()).isEqualTo(1);
    assertThat(text(new Event.Published("mesh", EVE, whisper.payload())))
        .isEqualTo("{\"type\":\"signal\",\"from\":3,\"data\":{ \"n\" : 1.50 }}");
  }

  @Test
  void aClientIsSpokenToAsItSpokeLast() {
    Event event = new Event.Published("mesh", EVE, Payload.of("1"));
    assertThat(codec.encode(EVE.session(), event)).isInstanceOf(Frame.Text.class);

    codec.decode(new byte[0]);
    assertThat(codec.encode(EVE.session(), event))
        .isInstanceOfSatisfying(
            Frame.Binary.class,
            frame ->
                assertThat(Cbor.toJson(frame.bytes()))
                    .contains("{\"type\":\"signal\",\"from\":3,\"data\":1}"));

    codec.decode("nonsense");
    assertThat(codec.encode(EVE.session(), event)).isInstanceOf(Frame.Text.class);
  }

  @Test
  void theNonceIsToldToNobody() {
    Outcome joined = new Outcome.Joined("mesh", EVE, List.of(EVE.numbered(1), EVE.numbered(2)));
    assertThat(codec.answer(EVE.session(), Optional.empty(), joined))
        .containsExactly(new Frame.Text("{\"type\":\"init\",\"id\":3,\"online\":[1,2]}"));
  }

  @ParameterizedTest
  @EnumSource(Refusal.Reason.class)
  void everyRefusalHasWords(Refusal.Reason reason) {
    Frame frame =
        codec
            .answer(
                EVE.session(),
                Optional.empty(),
                new Outcome.Refused(new Refusal(reason, "a \"subject\"")))
            .getFirst();
    assertThat(((Frame.Text) frame).text())
        .startsWith("{\"type\":\"error\",\"code\":\"" + reason.code() + "\",\"message\":\"")
        .endsWith(",\"retry\":" + reason.retry() + "}");
  }

  @Test
  void aFrameOfEveryByteIsNoCommand() {
    for (int octet = 0; octet < 256; octet++) {
      byte[] frame = new byte[64];
      Arrays.fill(frame, (byte) octet);
      assertThat(codec.decode(frame)).isInstanceOf(Decoded.NotUnderstood.class);
    }
  }

  private String text(Event event) {
    return ((Frame.Text) codec.encode(EVE.session(), event)).text();
  }
}
