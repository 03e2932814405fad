package dev.switchboard.signaling.switchboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.identity.Caller;
import dev.switchboard.identity.Realm;
import dev.switchboard.signaling.announce.Announced;
import dev.switchboard.signaling.protocol.CloseCode;
import dev.switchboard.signaling.protocol.Command;
import dev.switchboard.signaling.protocol.Event;
import dev.switchboard.signaling.protocol.Frame;
import dev.switchboard.signaling.protocol.Leaving;
import dev.switchboard.signaling.protocol.Outcome;
import dev.switchboard.signaling.protocol.Payload;
import dev.switchboard.signaling.protocol.Refusal;
import dev.switchboard.signaling.protocol.Refusal.Reason;
import dev.switchboard.signaling.protocol.SessionId;
import dev.switchboard.signaling.protocol.Signal;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a clock or a network would have to be lucky for is done here step by step. */
class SwitchboardTest {

  private static final Payload SDP = Payload.of("{}");
  private static final Optional<String> NO_ID = Optional.empty();

  private final FakeDirectory directory = new FakeDirectory();
  private final FakeDelivery delivery = new FakeDelivery();
  private final Announced announced = new Announced();
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final Vertx vertx = Vertx.vertx();
  private final Switchboard switchboard = Board.of(directory, delivery, announced, metrics, vertx);

  private final Recording adas = new Recording();
  private final Recording bobs = new Recording();
  private final Session ada = open(adas);
  private final Session bob = open(bobs);

  @AfterEach
  void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void aSessionThatEndsWhileItsNameIsBeingClaimedLeavesNoGhost() {
    directory.hold();
    begin(ada, new Command.Claim("ada", 1, ""));
    end(ada);
    directory.letGo();

    assertThat(directory.places).isEmpty();
    assertThat(announced.told).isEmpty();
  }

  @Test
  void anOfferThatCrossesADepartureTiesNobody() {
    claim(ada, "ada");
    claim(bob, "bob");
    delivery.beforeDispatch = () -> end(bob);

    offer(ada, "bob");
    end(ada);
    assertThat(adas.got).containsExactly(undelivered(Reason.UNKNOWN_PEER, "bob"));
    assertThat(bobs.got).isEmpty();
  }

  @Test
  void aHangUpThatCrossesAHangUpIsToldToNobodyTwice() {
    claim(ada, "ada");
    claim(bob, "bob");
    offer(ada, "bob");
    Queue<Runnable> crossing = new ArrayDeque<>();
    crossing.add(() -> hangUp(bob));
    delivery.beforeDispatch =
        () -> {
          Runnable next = crossing.poll();
          if (next != null) {
            next.run();
          }
        };
    hangUp(ada);

    assertThat(adas.got).filteredOn(Event.HungUp.class::isInstance).isEmpty();
    assertThat(bobs.got).filteredOn(Event.HungUp.class::isInstance).isEmpty();
  }

  @Test
  void partnersAreBoundedAtTheSender() {
    claim(ada, "ada");
    for (int i = 0; i < Partners.MAX; i++) {
      claim(open(new Recording()), "peer-" + i);
      offer(ada, "peer-" + i);
    }
    claim(bob, "bob");

    assertThat(offer(ada, "bob")).isEqualTo(refused(Reason.BUSY, "bob"));
    assertThat(bobs.got).isEmpty();
    // A partner of hers may still be offered anew.
    assertThat(offer(ada, "peer-0")).isEqualTo(new Outcome.Done());
  }

  @Test
  void partnersAreBoundedAtTheReceiver() {
    claim(bob, "bob");
    for (int i = 0; i < Partners.MAX; i++) {
      Session caller = open(new Recording());
      claim(caller, "caller-" + i);
      offer(caller, "bob");
    }
    claim(ada, "ada");

    offer(ada, "bob");
    end(bob);
    assertThat(adas.got).containsExactly(undelivered(Reason.BUSY, "bob"));
  }

  @Test
  void whoWasCalledButNeverTookTheCallIsNoPartnerOnceItIsGone() {
    claim(ada, "ada");
    claim(bob, "bob");
    offer(ada, "bob");
    offer(bob, "ada");
    delivery.beforeDispatch = () -> end(bob);
    offer(ada, "bob");

    // He had the tie, so it is he who ends it; the offer that missed him does not.
    assertThat(adas.got)
        .containsExactly(
            new Event.Received("bob", bob.id(), Signal.OFFER, SDP),
            new Event.HungUp("bob"),
            undelivered(Reason.UNKNOWN_PEER, "bob"));
  }

  @Test
  void partnersAtANodeThatDiedAreGone() {
    claim(ada, "ada");
    claim(bob, "bob");
    offer(ada, "bob");

    delivery.lost("another");
    assertThat(adas.got).isEmpty();
    delivery.lost("node");
    delivery.lost("node");

    assertThat(adas.got).containsExactly(new Event.HungUp("bob"));
  }

  @Test
  void aNodeThatWasTakenForDeadSendsItsClientsElsewhere() {
    delivery.disown(ada.id());

    assertThat(adas.got).containsExactly(CloseCode.NODE_LOST);
  }

  @Test
  void whatRedisCannotSayIsRefusedAndMayBeAskedAgain() {
    directory.failing = true;
    assertThat(handle(ada, new Command.Claim("ada", 1, "")))
        .isEqualTo(refused(Reason.UNAVAILABLE, ""));
    directory.failing = false;
    claim(ada, "ada");
  }

  @Test
  void aNameThatMayHaveBeenTakenIsGivenBackInTheEnd() {
    directory.failing = true;
    handle(ada, new Command.Claim("ada", 1, ""));
    assertThat(directory.places).isNotEmpty();
    directory.failing = false;

    end(ada);

    assertThat(directory.places).isEmpty();
  }

  @Test
  void aNameIsToldBeforeAnythingThatIsSentToIt() {
    claim(bob, "bob");
    announced.whenOpened = () -> send(bob, "ada", Signal.DATA);

    switchboard
        .handle(ada, new Command.Claim("ada", 1, ""), NO_ID, adas.got::add)
        .await()
        .indefinitely();

    assertThat(adas.got)
        .containsExactly(
            new Outcome.Named("ada"), new Event.Received("bob", bob.id(), Signal.DATA, SDP));
  }

  @Test
  void severalWhoShareANameAllHearWhatItIsSent() {
    Recording phones = new Recording();
    Session phone = open(phones);
    handle(ada, new Command.Claim("ada", 8, ""));
    handle(phone, new Command.Claim("ada", 8, ""));
    claim(bob, "bob");

    send(bob, "ada", Signal.DATA);

    Event heard = new Event.Received("bob", bob.id(), Signal.DATA, SDP);
    assertThat(adas.got).containsExactly(heard);
    assertThat(phones.got).containsExactly(heard);
  }

  @Test
  void aFrameIsReflectedToWhoeverSharesTheNameAndElseComesBack() {
    Frame frame = new Frame.Text("any");
    Event reflected = new Event.Reflected(frame);

    handle(ada, new Command.Reflect(Optional.empty(), 8, frame));
    assertThat(adas.got).containsExactly(reflected);
    handle(ada, new Command.Reflect(Optional.of("admin"), 8, frame));
    assertThat(adas.got).containsExactly(reflected, reflected);
    handle(bob, new Command.Reflect(Optional.of("admin"), 8, frame));
    assertThat(bobs.got).isEmpty();
    assertThat(adas.got).hasSize(3);
    handle(ada, new Command.Reflect(Optional.of("other"), 8, frame));
    assertThat(bobs.got).isEmpty();
    end(ada);
    end(bob);
    assertThat(directory.places).isEmpty();
  }

  @Test
  void aCandidateTiesNobody() {
    claim(ada, "ada");
    claim(bob, "bob");
    send(ada, "bob", Signal.CANDIDATE);
    hangUp(ada);

    assertThat(bobs.got)
        .containsExactly(new Event.Received("ada", ada.id(), Signal.CANDIDATE, SDP));
  }

  @Test
  void whoOffersToThemselvesIsAnswered() {
    claim(ada, "ada");
    offer(ada, "ada");
    end(ada);

    assertThat(adas.got).containsExactly(new Event.Received("ada", ada.id(), Signal.OFFER, SDP));
  }

  @Test
  void presenceHearsOfEachNameOnce() {
    claim(ada, "ada");
    claim(ada, "ada");
    claim(ada, "countess");
    end(ada);
    end(bob);

    assertThat(announced.told).containsExactly("+ada", "-ada", "+countess", "-countess");
    assertThat(directory.places).isEmpty();
  }

  @Test
  void howLongAnOfferWaitedForItsAnswerIsMeasuredOnceWhereItWasMade() {
    claim(ada, "ada");
    claim(bob, "bob");
    offer(ada, "bob");
    send(bob, "ada", Signal.ANSWER);
    send(bob, "ada", Signal.ANSWER);

    assertThat(metrics.get("switchboard.answers").tag("dialect", "call").timer().count())
        .isEqualTo(1);
  }

  @Test
  void whatWasRelayedAndRefusedIsCounted() {
    claim(ada, "ada");
    claim(bob, "bob");
    offer(ada, "bob");

    assertThat(
            metrics
                .get("switchboard.messages")
                .tags("dialect", "call", "kind", "offer")
                .counter()
                .count())
        .isEqualTo(1);
    assertThat(offer(ada, "nobody")).isEqualTo(refused(Reason.UNKNOWN_PEER, "nobody"));
    switchboard.count(new Refusal(Reason.UNKNOWN_PEER, "nobody"));
    assertThat(metrics.get("switchboard.refusals").tag("code", "unknown_peer").counter().count())
        .isEqualTo(1);
  }

  private Session open(Outlet outlet) {
    return switchboard.open(
        SessionId.fresh(), Caller.anonymous(new Realm("default")), "call", outlet);
  }

  private void claim(Session session, String name) {
    assertThat(handle(session, new Command.Claim(name, 1, ""))).isEqualTo(new Outcome.Named(name));
  }

  private Outcome offer(Session session, String to) {
    return send(session, to, Signal.OFFER);
  }

  private Outcome send(Session session, String to, Signal signal) {
    return handle(session, new Command.Send(to, signal, SDP));
  }

  private void hangUp(Session session) {
    handle(session, new Command.HangUp(Optional.empty()));
  }

  private void begin(Session session, Command command) {
    switchboard.handle(session, command, NO_ID, _ -> {}).subscribe().with(_ -> {});
  }

  private Outcome handle(Session session, Command command) {
    List<Outcome> told = new ArrayList<>();
    switchboard.handle(session, command, NO_ID, told::add).await().indefinitely();
    assertThat(told).hasSize(1);
    return told.getFirst();
  }

  private void end(Session session) {
    switchboard.detach(session);
    switchboard.close(session, Leaving.LEFT).await().indefinitely();
  }

  private static Outcome refused(Reason reason, String subject) {
    return new Outcome.Refused(new Refusal(reason, subject));
  }

  private static Event undelivered(Reason reason, String to) {
    return new Event.Undelivered(new Refusal(reason, to));
  }
}
