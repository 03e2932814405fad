package dev.switchboard.signaling.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.switchboard.signaling.directory.Location;
import dev.switchboard.signaling.protocol.Address;
import dev.switchboard.signaling.protocol.Arrival;
import dev.switchboard.signaling.protocol.Destination;
import dev.switchboard.signaling.protocol.Event;
import dev.switchboard.signaling.protocol.Frame;
import dev.switchboard.signaling.protocol.Leaving;
import dev.switchboard.signaling.protocol.Member;
import dev.switchboard.signaling.protocol.Payload;
import dev.switchboard.signaling.protocol.Refusal;
import dev.switchboard.signaling.protocol.RoomId;
import dev.switchboard.signaling.protocol.SessionId;
import dev.switchboard.signaling.protocol.Signal;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What every delivery does, whatever lies between two nodes. */
abstract class DeliveryContract {

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Address BOB = new Address("default", "call", "bob");
  private static final RoomId TEA = new RoomId("default", "rooms", "{t:e*a}😀");
  private static final Member EVE = new Member(SessionId.fresh(), 7, "eve", "{\"hat\":\n\"red\"}");

  private final SessionId ada = SessionId.fresh();
  private final SessionId bob = SessionId.fresh();
  private final Ear adas = new Ear(Receipt.ACCEPTED);

  /** Where ada is. */
  abstract Delivery sender();

  /** Where bob is: the same node, or another. */
  abstract Delivery receiver();

  @BeforeEach
  void adaIsThere() {
    sender().attach(ada, adas);
  }

  static Stream<Event> everyEvent() {
    return Stream.of(
        new Event.Received(
            "ada", SessionId.fresh(), Signal.OFFER, Payload.of("{\"sdp\":\n\"v=0\"}")),
        new Event.Received("ч 😀", SessionId.fresh(), Signal.DATA, Payload.of("[1,\"é\"]")),
        new Event.HungUp("ada"),
        new Event.Undelivered(new Refusal(Refusal.Reason.UNKNOWN_PEER, "bob")),
        new Event.MemberJoined("tea", EVE, Arrival.AFRESH),
        new Event.MemberUpdated("tea", EVE),
        new Event.MemberLeft("tea", EVE, Leaving.NODE_LOST),
        new Event.Published("tea", EVE, Payload.of("{\"a\":\"\\n\"}")),
        new Event.Reflected(new Frame.Text("any\ntext")),
        new Event.Reflected(new Frame.Binary(new byte[] {0, -1, 10, 13, (byte) 0xc3, 0x28})),
        new Event.Superseded());
  }

  @ParameterizedTest
  @MethodSource("everyEvent")
  void anEventArrivesAsItWasSent(Event event) {
    Ear bobs = new Ear(Receipt.ACCEPTED);
    receiver().attach(bob, bobs);
    receiver().attach(SessionId.fresh(), new Ear(Receipt.BUSY));

    for (Destination to : List.of(BOB, TEA)) {
      sender().dispatch(new Parcel(to, from(), event, "00-1-2-01"), List.of(at(bob)));
    }

    await().atMost(SOON).until(() -> bobs.got.size() == 2);
    assertThat(bobs.got).extracting(Parcel::to).containsExactly(BOB, TEA);
    assertThat(bobs.got).extracting(Parcel::from).containsOnly(from());
    assertThat(bobs.got).extracting(Parcel::trace).containsOnly("00-1-2-01");
    assertThat(bobs.got).extracting(Parcel::event).allSatisfy(got -> assertSame(got, event));
  }

  @ParameterizedTest
  @EnumSource(Receipt.class)
  void theSenderHearsOfWhatWasNotTaken(Receipt receipt) {
    Ear bobs = new Ear(receipt);
    receiver().attach(bob, bobs);

    hangUp(BOB, "1");
    barrier();

    assertThat(adas.returned)
        .containsExactlyElementsOf(receipt.isRefusal() ? List.of(receipt) : List.of());
  }

  @Test
  void whatARoomHearsIsNoMembersConcern() {
    receiver().attach(bob, new Ear(Receipt.BUSY));

    hangUp(TEA, "1");
    barrier();

    assertThat(adas.returned).isEmpty();
  }

  @Test
  void aSessionThatIsNotThereIsGone() {
    hangUp(BOB, "1");

    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(adas.returned).containsExactly(Receipt.GONE));
  }

  @Test
  void aDetachedSessionIsGone() {
    Ear bobs = new Ear(Receipt.ACCEPTED);
    receiver().attach(bob, bobs);
    receiver().detach(bob, bobs);

    hangUp(BOB, "1");

    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(adas.returned).containsExactly(Receipt.GONE));
    assertThat(receiver().isAttached(bob)).isFalse();
  }

  @Test
  void whoIsAttachedAgainSupersedesAndIsNotDetachedByTheFormer() {
    Ear former = new Ear(Receipt.ACCEPTED);
    Ear latter = new Ear(Receipt.ACCEPTED);
    receiver().attach(bob, former);
    receiver().attach(bob, latter);
    receiver().detach(bob, former);

    hangUp(BOB, "1");
    await().atMost(SOON).until(() -> latter.got.size() == 1);

    assertThat(former.got).extracting(Parcel::event).containsExactly(new Event.Superseded());
    assertThat(receiver().isAttached(bob)).isTrue();
  }

  @Test
  void oneParcelReachesManySessions() {
    List<Ear> ears = IntStream.range(0, 50).mapToObj(_ -> new Ear(Receipt.ACCEPTED)).toList();
    List<Location> locations =
        ears.stream()
            .map(ear -> {
              SessionId session = SessionId.fresh();
              receiver().attach(session, ear);
              return at(session);
            })
            .toList();

    sender().dispatch(new Parcel(TEA, from(), new Event.HungUp("ada")), locations);

    await().atMost(SOON).until(() -> ears.stream().allMatch(ear -> ear.got.size() == 1));
  }

  @Test
  void eventsArriveInTheOrderTheyWereSent() {
    Ear bobs = new Ear(Receipt.ACCEPTED);
    receiver().attach(bob, bobs);
    List<String> sent = IntStream.range(0, 1000).mapToObj(Integer::toString).toList();
    sent.forEach(n -> hangUp(BOB, n));

    await().atMost(SOON).until(() -> bobs.got.size() == 1000);
    assertThat(bobs.got)
        .extracting(parcel -> ((Event.HungUp) parcel.event()).from())
        .isEqualTo(sent);
  }

  @Test
  void aNodeThatDiedIsToldToEverySession() {
    sender().lost("some-node");

    assertThat(adas.lost).containsExactly("some-node");
  }

  @Test
  void onlyTheSessionThatIsMeantIsDisowned() {
    sender().disown(bob);
    assertThat(adas.disowned).isEmpty();

    sender().disown(ada);
    assertThat(adas.disowned).hasSize(1);
  }

  private void hangUp(Destination to, String from) {
    sender().dispatch(new Parcel(to, from(), new Event.HungUp(from)), List.of(at(bob)));
  }

  /** What was dispatched before has been dealt with, and so has what came back. */
  private void barrier() {
    int before = adas.returned.size();
    SessionId nobody = SessionId.fresh();
    sender().dispatch(new Parcel(BOB, from(), new Event.HungUp("barrier")), List.of(at(nobody)));
    await()
        .atMost(SOON)
        .until(() -> adas.returned.contains(Receipt.GONE) && adas.returned.size() > before);
    removeLast(adas.returned);
  }

  private static void removeLast(Queue<Receipt> receipts) {
    List<Receipt> all = List.copyOf(receipts);
    receipts.clear();
    receipts.addAll(all.subList(0, all.size() - 1));
  }

  private Location from() {
    return new Location(sender().node(), ada);
  }

  private Location at(SessionId session) {
    return new Location(receiver().node(), session);
  }

  private static void assertSame(Event got, Event sent) {
    switch (sent) {
      case Event.Received s -> {
        Event.Received g = (Event.Received) got;
        assertThat(g.from()).isEqualTo(s.from());
        assertThat(g.session()).isEqualTo(s.session());
        assertThat(g.signal()).isEqualTo(s.signal());
        assertThat(text(g.payload())).isEqualTo(text(s.payload()));
      }
      case Event.Published s -> {
        Event.Published g = (Event.Published) got;
        assertThat(g.room()).isEqualTo(s.room());
        assertThat(g.from()).isEqualTo(s.from());
        assertThat(text(g.payload())).isEqualTo(text(s.payload()));
      }
      case Event.Reflected(Frame.Binary(byte[] bytes)) ->
          assertThat(got)
              .isInstanceOfSatisfying(
                  Event.Reflected.class,
                  g -> assertThat(((Frame.Binary) g.frame()).bytes()).isEqualTo(bytes));
      default -> assertThat(got).isEqualTo(sent);
    }
  }

  private static String text(Payload payload) {
    StringBuilder out = new StringBuilder();
    payload.appendTo(out);
    return out.toString();
  }

  /** A session that remembers. */
  static final class Ear implements Recipient {

    final Queue<Parcel> got = new ConcurrentLinkedQueue<>();
    final Queue<Receipt> returned = new ConcurrentLinkedQueue<>();
    final Queue<String> lost = new ConcurrentLinkedQueue<>();
    final Queue<Boolean> disowned = new ConcurrentLinkedQueue<>();
    private final Receipt receipt;

    Ear(Receipt receipt) {
      this.receipt = receipt;
    }

    @Override
    public String realm() {
      return "default";
    }

    @Override
    public Receipt receive(Parcel parcel) {
      got.add(parcel);
      return receipt;
    }

    @Override
    public void returned(Parcel parcel, Receipt why) {
      returned.add(why);
    }

    @Override
    public void lost(String node) {
      lost.add(node);
    }

    @Override
    public void disowned() {
      disowned.add(true);
    }
  }
}
