package dev.switchboard.signaling.switchboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.identity.Caller;
import dev.switchboard.identity.Realm;
import dev.switchboard.signaling.announce.Announcer;
import dev.switchboard.signaling.delivery.Delivery;
import dev.switchboard.signaling.delivery.Receipt;
import dev.switchboard.signaling.delivery.Recipient;
import dev.switchboard.signaling.directory.Directory;
import dev.switchboard.signaling.directory.Location;
import dev.switchboard.signaling.protocol.Address;
import dev.switchboard.signaling.protocol.Command;
import dev.switchboard.signaling.protocol.Event;
import dev.switchboard.signaling.protocol.Payload;
import dev.switchboard.signaling.protocol.Refusal;
import dev.switchboard.signaling.protocol.Refusal.Reason;
import dev.switchboard.signaling.protocol.SessionId;
import dev.switchboard.signaling.protocol.Signal;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
  private final Switchboard switchboard =
      new Switchboard(directory, delivery, new Recorder(), new Tally(metrics));

  private final List<Event> adaGot = new ArrayList<>();
  private final List<Event> bobGot = new ArrayList<>();
  private final Session ada = open(adaGot);
  private final Session bob = open(bobGot);

  @Test
  void aSessionThatEndsWhileItsNameIsBeingClaimedLeavesNoGhost() {
    directory.hold();
    Uni<Void> claim = switchboard.handle(ada, new Command.Claim("ada"));
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
    offer(ada, "bob");

    assertThat(adaGot).last().isEqualTo(refused(Reason.UNKNOWN_PEER, "bob"));
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
    for (int i = 0; i < Session.MAX_PARTNERS; i++) {
      claim(open(new ArrayList<>()), "peer-" + i);
      offer(ada, "peer-" + i);
    }
    claim(bob, "bob");
    offer(ada, "bob");

    assertThat(adaGot).last().isEqualTo(refused(Reason.BUSY, "bob"));
    assertThat(bobGot).containsExactly(new Event.Claimed("bob"));
    // A partner of hers may still be offered anew.
    offer(ada, "peer-0");
    assertThat(adaGot).last().isEqualTo(refused(Reason.BUSY, "bob"));
  }

  @Test
  void partnersAreBoundedAtTheReceiver() {
    claim(bob, "bob");
    for (int i = 0; i < Session.MAX_PARTNERS; i++) {
      Session caller = open(new ArrayList<>());
      claim(caller, "caller-" + i);
      offer(caller, "bob");
    }
    claim(ada, "ada");
    offer(ada, "bob");

    assertThat(adaGot).last().isEqualTo(refused(Reason.BUSY, "bob"));
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
    offer(ada, "nobody");

    assertThat(
            metrics
                .get("switchboard.messages")
                .tags("dialect", "call", "kind", "offer")
                .counter()
                .count())
        .isEqualTo(1);
    assertThat(metrics.get("switchboard.refusals").tag("code", "unknown_peer").counter().count())
        .isEqualTo(1);
  }

  private Session open(List<Event> got) {
    return switchboard.open(Caller.anonymous(new Realm("default")), "call", got::add);
  }

  private void claim(Session session, String name) {
    switchboard.handle(session, new Command.Claim(name)).await().indefinitely();
  }

  private void offer(Session session, String to) {
    send(session, to, Signal.OFFER);
  }

  private void send(Session session, String to, Signal signal) {
    switchboard.handle(session, new Command.Send(to, signal, SDP)).await().indefinitely();
  }

  private void hangUp(Session session) {
    switchboard.handle(session, new Command.HangUp(Optional.empty())).await().indefinitely();
  }

  private static Event refused(Reason reason, String subject) {
    return new Event.Refused(new Refusal(reason, subject));
  }

  /** A directory that can be made to take its time. */
  private static final class FakeDirectory implements Directory {

    private final Map<Address, Location> holders = new HashMap<>();
    private final List<UniEmitter<? super Claim>> held = new ArrayList<>();
    private boolean holding;

    void hold() {
      holding = true;
    }

    void letGo() {
      holding = false;
      List.copyOf(held).forEach(emitter -> emitter.complete(Claim.GRANTED));
    }

    @Override
    public Uni<Claim> claim(Address address, Location location) {
      Location holder = holders.putIfAbsent(address, location);
      if (holding) {
        return Uni.createFrom().emitter(held::add);
      }
      return Uni.createFrom().item(holder == null ? Claim.GRANTED : Claim.TAKEN);
    }

    @Override
    public Uni<Void> release(Address address, SessionId session) {
      holders.computeIfPresent(
          address, (_, holder) -> holder.session().equals(session) ? null : holder);
      return Uni.createFrom().voidItem();
    }

    @Override
    public Uni<Optional<Location>> find(Address address) {
      return Uni.createFrom().item(Optional.ofNullable(holders.get(address)));
    }
  }

  /** A delivery in which something may happen between looking up and dispatching. */
  private static final class FakeDelivery implements Delivery {

    private final Map<SessionId, Recipient> recipients = new HashMap<>();
    private Runnable beforeDispatch = () -> {};

    @Override
    public String node() {
      return "node";
    }

    @Override
    public void attach(SessionId session, Recipient recipient) {
      recipients.put(session, recipient);
    }

    @Override
    public void detach(SessionId session) {
      recipients.remove(session);
    }

    @Override
    public Uni<Receipt> dispatch(Address to, Location location, Event event) {
      Runnable before = beforeDispatch;
      beforeDispatch = () -> {};
      Recipient recipient = recipients.get(location.session());
      before.run();
      return Uni.createFrom().item(recipient == null ? Receipt.GONE : recipient.receive(to, event));
    }
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
