package dev.switchboard.signaling.dialect.v1;

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
import dev.switchboard.signaling.protocol.Refusal.Reason;
import dev.switchboard.signaling.protocol.SessionId;
import dev.switchboard.signaling.protocol.Signal;
import io.quarkus.runtime.configuration.MemorySize;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class V1CodecTest {

  private static final SessionId SELF = new SessionId("MMMMMMMMMMMMMMMMMMMMMM");
  private static final SessionId LESS = new SessionId("-MMMMMMMMMMMMMMMMMMMMM");
  private static final SessionId MORE = new SessionId("_MMMMMMMMMMMMMMMMMMMMM");

  private final V1Codec codec = new V1Codec(new Bounds(), new FrameWriter(Duration.ofSeconds(25)));

  @Test
  void theTokenOfAHelloIsPresentedAndDoesNotPrintItself() {
    Decoded decoded = codec.decode("{\"type\":\"hello\",\"token\":\"a.b.c\"}");

    assertThat(decoded)
        .isEqualTo(
            new Decoded.Presented(
                "a.b.c",
                Optional.of(new Command.Claim(Optional.empty(), 8, "")),
                Optional.empty()));
    assertThat(decoded).hasToString("a token");
  }

  @Test
  void whatIsToldInOrderIsNumberedFromOneWithoutAGap() {
    welcome();

    assertThat(
            List.of(
                text(codec.answer(SELF, Optional.of("1"), joined()).getFirst()),
                text(codec.encode(SELF, new Event.MemberJoined("tea", member(LESS), Arrival.NEW))),
                text(codec.encode(SELF, new Event.MemberUpdated("tea", member(LESS)))),
                text(
                    codec.encode(
                        SELF, new Event.MemberLeft("tea", member(LESS), Leaving.NODE_LOST))),
                text(codec.encode(SELF, received(LESS))),
                text(codec.encode(SELF, published(LESS)))))
        .satisfiesExactly(
            frame -> assertThat(frame).contains("\"seq\":1,"),
            frame -> assertThat(frame).contains("\"seq\":2,"),
            frame -> assertThat(frame).contains("\"seq\":3,"),
            frame -> assertThat(frame).contains("\"seq\":4,").contains("\"reason\":\"node-lost\""),
            frame -> assertThat(frame).contains("\"seq\":5,"),
            frame -> assertThat(frame).contains("\"seq\":6,"));
  }

  @Test
  void ofTwoSessionsTheOneWithTheSmallerIdIsPolite() {
    assertThat(text(codec.encode(SELF, received(MORE)))).contains("\"polite\":true");
    assertThat(text(codec.encode(SELF, received(LESS)))).contains("\"polite\":false");
    assertThat(text(codec.encode(MORE, received(SELF)))).contains("\"polite\":false");
  }

  @Test
  void whatDidNotArriveAfterAllIsTold() {
    Event event = new Event.Undelivered(new Refusal(Reason.UNKNOWN_PEER, "b\"b"));

    assertThat(text(codec.encode(SELF, event)))
        .isEqualTo("{\"type\":\"undelivered\",\"to\":\"b\\\"b\",\"code\":\"unknown_peer\"}");
  }

  @ParameterizedTest
  @EnumSource(Reason.class)
  void everyRefusalIsToldInWords(Reason reason) {
    String frame =
        text(
            codec
                .answer(
                    SELF, Optional.of("7"), new Outcome.Refused(new Refusal(reason, "\n\"it\"")))
                .getFirst());

    assertThat(frame)
        .startsWith(
            "{\"type\":\"error\",\"id\":7,\"code\":\"" + reason.code() + "\",\"message\":\"")
        .endsWith("\",\"retry\":" + reason.retry() + "}")
        .doesNotContain("\n");
  }

  @Test
  void nobodyIsToldOfATokenThatEndsBeforeBeingWelcome() {
    assertThat(codec.expiring(Duration.ofSeconds(60))).isEmpty();
    welcome();

    assertThat(codec.expiring(Duration.ofMillis(59_900)))
        .contains(new Frame.Text("{\"type\":\"token-expiring\",\"in\":59}"));
  }

  @Test
  void aCommandWithoutAnIdThatNeedsNoneIsAnsweredWithNothing() {
    assertThat(codec.answer(SELF, Optional.empty(), new Outcome.Done())).isEmpty();
  }

  @Test
  void anIdThatWasUsedIsRefusedWhateverBecameOfIt() {
    welcome();
    assertThat(codec.decode(join("999999999999999"))).isInstanceOf(Decoded.Understood.class);

    assertThat(codec.decode(join("999999999999999")))
        .isEqualTo(
            new Decoded.NotUnderstood(
                new Refusal(Reason.BAD_FIELD, "id"), Optional.of("999999999999999")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "\"x\"", "[]", "1", "true"})
  void aMetaIsAnObject(String meta) {
    assertThat(codec.decode("{\"type\":\"hello\",\"name\":\"ada\",\"meta\":" + meta + "}"))
        .isEqualTo(new Decoded.NotUnderstood(new Refusal(Reason.BAD_FIELD, "meta")));
  }

  @Test
  void aMetaHasABound() {
    String longest = "{\"a\":\"" + "x".repeat(32 - 8) + "\"}";

    assertThat(codec.decode("{\"type\":\"hello\",\"name\":\"ada\",\"meta\":" + longest + "}"))
        .isEqualTo(new Decoded.Understood(new Command.Claim("ada", 8, longest)));
    assertThat(
            codec.decode(
                "{\"type\":\"hello\",\"name\":\"ada\",\"meta\":"
                    + longest.replace("x", "xx")
                    + "}"))
        .isInstanceOf(Decoded.NotUnderstood.class);
  }

  @Test
  void afterAByeNothingIsRead() {
    welcome();
    assertThat(codec.decode("{\"type\":\"bye\"}"))
        .isEqualTo(new Decoded.Understood(new Command.Depart()));

    assertThat(codec.decode(join("1"))).isEqualTo(new Decoded.Idle());
  }

  @Test
  void aByeThatWasRefusedWasNone() {
    welcome();
    codec.decode("{\"type\":\"bye\"}");
    codec.answer(SELF, Optional.empty(), new Outcome.Refused(Refusal.of(Reason.UNAVAILABLE)));

    assertThat(codec.decode(join("1"))).isInstanceOf(Decoded.Understood.class);
  }

  @Test
  void aBinaryFrameIsNotSpoken() {
    assertThat(codec.decode(new byte[] {1})).isEqualTo(new Decoded.NotSpoken());
  }

  private void welcome() {
    codec.answer(SELF, Optional.empty(), new Outcome.Named("ada", "epoch"));
  }

  private static String join(String id) {
    return "{\"type\":\"join\",\"id\":" + id + ",\"room\":\"tea\"}";
  }

  private static Outcome joined() {
    return new Outcome.Joined("tea", member(SELF), List.of());
  }

  private static Event received(SessionId from) {
    return new Event.Received("bob", from, Signal.DATA, Payload.of("1"));
  }

  private static Event published(SessionId from) {
    return new Event.Published("tea", member(from), Payload.of("1"));
  }

  private static Member member(SessionId session) {
    return new Member(session, 1, "bob", "");
  }

  private static String text(Frame frame) {
    return frame instanceof Frame.Text(String text) ? text : "";
  }

  private static final class Bounds implements V1Config {
    @Override
    public Duration helloWithin() {
      return Duration.ofSeconds(10);
    }

    @Override
    public int sessionsPerPeer() {
      return 8;
    }

    @Override
    public int roomCapacity() {
      return 50;
    }

    @Override
    public MemorySize meta() {
      return new MemorySize(BigInteger.valueOf(32));
    }

    @Override
    public int rosterPage() {
      return 50;
    }

    @Override
    public Duration heartbeat() {
      return Duration.ofSeconds(25);
    }
  }
}
