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

  private static final Outcome WELCOME =
      new Outcome.Welcomed("ada", SELF, "ticket", "epoch", 0, false, true, "", List.of());

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
  void whatIsToldInOrderHasTheNumberOfItsPlaceInTheInbox() {
    welcome();

    List<Event> events =
        List.of(
            new Event.Admitted("1", "tea", List.of()),
            new Event.MemberJoined("tea", member(LESS), Arrival.NEW),
            new Event.MemberUpdated("tea", member(LESS)),
            new Event.MemberLeft("tea", member(LESS), Leaving.NODE_LOST),
            received(LESS),
            published(LESS),
            new Event.Unread("bob", LESS, List.of("1")));

    assertThat(events).allSatisfy(event -> assertThat(told(event)).contains("\"seq\":41"));
    assertThat(told(events.get(3))).contains("\"reason\":\"node-lost\"");
  }

  @Test
  void whoAsksForItsSessionSaysWhatItHasOfIt() {
    assertThat(
            codec.decode(
                "{\"type\":\"hello\",\"resume\":\"t\",\"seq\":7,\"epoch\":\"e\",\"name\":\"ada\"}"))
        .isEqualTo(
            new Decoded.Understood(
                new Command.Resume(
                    "t", 7, "e", Optional.of(new Command.Claim(Optional.of("ada"), 8, "")))));
  }

  @Test
  void ofTwoSessionsTheOneWithTheSmallerIdIsPolite() {
    assertThat(told(received(MORE))).contains("\"polite\":true");
    assertThat(told(received(LESS))).contains("\"polite\":false");
    assertThat(text(codec.encode(MORE, 41, received(SELF)))).contains("\"polite\":false");
  }

  @Test
  void whatWasNotReadInTimeIsTold() {
    assertThat(told(new Event.Unread("b\"b", MORE, List.of("3", "5"))))
        .isEqualTo(
            "{\"type\":\"undelivered\",\"seq\":41,\"to\":\"b\\\"b\",\"session\":\""
                + MORE
                + "\",\"ids\":[3,5]}");
  }

  @Test
  void aClientIsAskedToMoveOnceItIsWelcome() {
    assertThat(codec.draining(Duration.ofSeconds(5))).isEmpty();
    welcome();

    assertThat(codec.draining(Duration.ofSeconds(5)))
        .contains(new Frame.Text("{\"type\":\"drain\",\"within\":5000}"));
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
  void anIdThatWasUsedIsRefusedWhereNothingWouldBeRepeated() {
    welcome();
    assertThat(codec.decode(join("999999999999999"))).isInstanceOf(Decoded.Understood.class);

    // Whether it is a repetition, and what it is answered, is for others to know.
    assertThat(codec.decode(join("999999999999999"))).isInstanceOf(Decoded.Understood.class);
    assertThat(codec.decode("{\"type\":\"roster\",\"id\":999999999999999,\"room\":\"tea\"}"))
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
    codec.answer(SELF, Optional.empty(), WELCOME);
  }

  private static String join(String id) {
    return "{\"type\":\"join\",\"id\":" + id + ",\"room\":\"tea\"}";
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

  private String told(Event event) {
    return text(codec.encode(SELF, 41, event));
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
