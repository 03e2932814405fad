package dev.switchboard.signaling.switchboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.identity.Caller;
import dev.switchboard.identity.Realm;
import dev.switchboard.signaling.announce.Announcer;
import dev.switchboard.signaling.protocol.Address;
import dev.switchboard.signaling.protocol.Command;
import dev.switchboard.signaling.protocol.Event;
import dev.switchboard.signaling.protocol.Outcome;
import dev.switchboard.signaling.protocol.Payload;
import dev.switchboard.signaling.protocol.Refusal;
import dev.switchboard.signaling.protocol.Refusal.Reason;
import dev.switchboard.signaling.protocol.SessionId;
import dev.switchboard.signaling.protocol.Signal;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/** What a clock or a network would have to be lucky for is done here step by step. */
class SwitchboardTest {

  private static final Payload SDP = Payload.of("{}");

  private final FakeDirectory directory = new FakeDirectory();
  private final FakeDelivery delivery = new FakeDelivery();
  private final List<String> announced = new ArrayList<>();
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final Tally tally = new Tally(metrics);
  private final Switchboard switchboard =
      new Switchboard(
          delivery,
          new Calls(directory, delivery, new Recorder(), tally),
          new Rooms(directory, delivery, tally),
          tally);

  private final List<Event> adaGot = new ArrayList<>();
  private final List<Event> bobGot = new ArrayList<>();
  private final Session ada = open(adaGot);
  private final Session bob = open(bobGot);

  @Test
  void aSessionThatEndsWhileItsNameIsBeingClaimedLeavesNoGhost() {
    directory.hold();
    Uni<Outcome> claim = switchboard.handle(ada, new Command.Claim("ada"));
    claim.subscribe().with(_ -> {});
    switchboard.close(ada).subscribe().with(_ -> {});
    directory.letGo();

    assertThat(directory.holders).isEmpty();
    assertThat(announced).isEmpty();
    assertThat(adaGot).isEmpty();
  }

  @Test
  void anOfferThatCrossesADepartureTiesNobody() {
    claim(ada, "ada");
    claim(bob, "bob");
    delivery.beforeDispatch = () -> switchboard.close(bob).await().indefinitely();

    assertThat(offer(ada, "bob")).isEqualTo(refused(Reason.UNKNOWN_PEER, "bob"));
    switchboard.close(ada).await().indefinitely();
    assertThat(bobGot).containsExactly(new Event.Claimed("bob"));
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

    assertThat(adaGot).filteredOn(Event.HungUp.class::isInstance).isEmpty();
    assertThat(bobGot).filteredOn(Event.HungUp.class::isInstance).isEmpty();
  }

  @Test
  void partnersAreBoundedAtTheSender() {
    claim(ada, "ada");
    for (int i = 0; i < Partners.MAX; i++) {
      claim(open(new ArrayList<>()), "peer-" + i);
      offer(ada, "peer-" + i);
    }
    claim(bob, "bob");

    assertThat(offer(ada, "bob")).isEqualTo(refused(Reason.BUSY, "bob"));
    assertThat(bobGot).containsExactly(new Event.Claimed("bob"));
    // A partner of hers may still be offered anew.
    assertThat(offer(ada, "peer-0")).isEqualTo(new Outcome.Done());
  }

  @Test
  void partnersAreBoundedAtTheReceiver() {
    claim(bob, "bob");
    for (int i = 0; i < Partners.MAX; i++) {
      Session caller = open(new ArrayList<>());
      claim(caller, "caller-" + i);
      offer(caller, "bob");
    }
    claim(ada, "ada");

    assertThat(offer(ada, "bob")).isEqualTo(refused(Reason.BUSY, "bob"));
    switchboard.close(bob).await().indefinitely();
    assertThat(adaGot).filteredOn(Event.HungUp.class::isInstance).isEmpty();
  }

  @Test
  void aCandidateTiesNobody() {
    claim(ada, "ada");
    claim(bob, "bob");
    send(ada, "bob", Signal.CANDIDATE);
    hangUp(ada);

    assertThat(bobGot)
        .containsExactly(
            new Event.Claimed("bob"), new Event.Received("ada", Signal.CANDIDATE, SDP));
  }

  @Test
  void whoOffersToThemselvesIsAnswered() {
    claim(ada, "ada");
    offer(ada, "ada");
    switchboard.close(ada).await().indefinitely();

    assertThat(adaGot)
        .containsExactly(new Event.Claimed("ada"), new Event.Received("ada", Signal.OFFER, SDP));
  }

  @Test
  void presenceHearsOfEachNameOnce() {
    claim(ada, "ada");
    claim(ada, "ada");
    claim(ada, "countess");
    switchboard.close(ada).await().indefinitely();
    switchboard.close(bob).await().indefinitely();

    assertThat(announced).containsExactly("+ada", "-ada", "+countess", "-countess");
    assertThat(directory.holders).isEmpty();
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

  private Session open(List<Event> got) {
    return switchboard.open(
        Caller.anonymous(new Realm("default")), "call", (_, event) -> got.add(event));
  }

  private void claim(Session session, String name) {
    switchboard.handle(session, new Command.Claim(name)).await().indefinitely();
  }

  private Outcome offer(Session session, String to) {
    return send(session, to, Signal.OFFER);
  }

  private Outcome send(Session session, String to, Signal signal) {
    return switchboard.handle(session, new Command.Send(to, signal, SDP)).await().indefinitely();
  }

  private void hangUp(Session session) {
    switchboard.handle(session, new Command.HangUp(Optional.empty())).await().indefinitely();
  }

  private static Outcome refused(Reason reason, String subject) {
    return new Outcome.Refused(new Refusal(reason, subject));
  }

  private final class Recorder implements Announcer {

    @Override
    public void entered(Address address, SessionId session) {
      announced.add("+" + address.name());
    }

    @Override
    public void left(Address address, SessionId session) {
      announced.add("-" + address.name());
    }
  }
}
