package dev.switchboard.signaling.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.signaling.directory.Location;
import dev.switchboard.signaling.protocol.Address;
import dev.switchboard.signaling.protocol.Destination;
import dev.switchboard.signaling.protocol.Event;
import dev.switchboard.signaling.protocol.SessionId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every delivery does, whatever lies between two nodes. */
abstract class DeliveryContract {

  private static final Address BOB = new Address("default", "call", "bob");

  private final SessionId session = SessionId.fresh();

  /** Where the sender is. */
  abstract Delivery sender();

  /** Where the receiver is: the same node, or another. */
  abstract Delivery receiver();

  @Test
  void anEventReachesTheSessionItIsFor() {
    List<Event> got = new ArrayList<>();
    receiver().attach(session, (to, event) -> keep(got, event));
    receiver().attach(SessionId.fresh(), (to, event) -> Receipt.BUSY);

    assertThat(dispatch(new Event.HungUp("ada"))).isEqualTo(Receipt.ACCEPTED);
    assertThat(got).containsExactly(new Event.HungUp("ada"));
  }

  @ParameterizedTest
  @EnumSource(Receipt.class)
  void theSenderLearnsWhatTheReceiverMadeOfIt(Receipt receipt) {
    receiver().attach(session, (to, event) -> receipt);

    assertThat(dispatch(new Event.HungUp("ada"))).isEqualTo(receipt);
  }

  @Test
  void theReceiverLearnsWhichNameWasMeant() {
    List<Destination> names = new ArrayList<>();
    receiver()
        .attach(
            session,
            (to, event) -> {
              names.add(to);
              return Receipt.ACCEPTED;
            });
    dispatch(new Event.HungUp("ada"));

    assertThat(names).containsExactly(BOB);
  }

  @Test
  void aSessionThatIsNotThereIsGone() {
    assertThat(dispatch(new Event.HungUp("ada"))).isEqualTo(Receipt.GONE);
  }

  @Test
  void aDetachedSessionIsGone() {
    receiver().attach(session, (to, event) -> Receipt.ACCEPTED);
    receiver().detach(session);

    assertThat(dispatch(new Event.HungUp("ada"))).isEqualTo(Receipt.GONE);
  }

  @Test
  void eventsArriveInTheOrderTheyWereSent() {
    List<Event> got = new ArrayList<>();
    receiver().attach(session, (to, event) -> keep(got, event));
    List<Event> sent =
        IntStream.range(0, 1000).<Event>mapToObj(i -> new Event.HungUp("peer-" + i)).toList();
    sent.forEach(this::dispatch);

    assertThat(got).isEqualTo(sent);
  }

  private static Receipt keep(List<Event> got, Event event) {
    got.add(event);
    return Receipt.ACCEPTED;
  }

  private Receipt dispatch(Event event) {
    return sender()
        .dispatch(BOB, new Location(receiver().node(), session), event)
        .await()
        .atMost(Duration.ofSeconds(20));
  }
}
