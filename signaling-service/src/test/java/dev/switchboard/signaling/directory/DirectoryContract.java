package dev.switchboard.signaling.directory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.signaling.directory.Directory.Entry;
import dev.switchboard.signaling.directory.Directory.Exit;
import dev.switchboard.signaling.protocol.Address;
import dev.switchboard.signaling.protocol.Destination;
import dev.switchboard.signaling.protocol.Member;
import dev.switchboard.signaling.protocol.RoomId;
import dev.switchboard.signaling.protocol.Seat;
import dev.switchboard.signaling.protocol.SessionId;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every directory does, whatever it keeps its places in. */
abstract class DirectoryContract {

  private static final Address ADA = new Address("default", "call", "ada");
  private static final RoomId TEA = new RoomId("default", "rooms", "tea");

  private final SessionId one = SessionId.fresh();
  private final SessionId two = SessionId.fresh();

  /** The directory as this node sees it. */
  abstract Directory directory();

  /** The same directory as another node sees it; the same object where there is only one node. */
  abstract Directory elsewhere();

  /** The id of this node. */
  abstract String here();

  /** The id of the other node. */
  abstract String there();

  @Test
  void theEpochIsTheSameAtEveryNode() {
    assertThat(directory().epoch()).isEqualTo(elsewhere().epoch());
  }

  @Test
  void aPlaceThatNobodyIsAtIsEmpty() {
    assertThat(occupants(ADA)).isEmpty();
  }

  @Test
  void whoEntersIsFoundFromEveryNode() {
    Entry entry = enter(directory(), ADA, at(here(), one), 1);

    assertThat(entry).isEqualTo(new Entry.Entered(member(one, 1), Optional.empty(), List.of()));
    assertThat(occupants(ADA)).containsExactly(occupant(here(), one, 1));
    assertThat(get(elsewhere().occupants(ADA))).containsExactly(occupant(here(), one, 1));
  }

  @Test
  void aNameThatIsHeldIsNotGranted() {
    enter(directory(), ADA, at(here(), one), 1);

    assertThat(enter(elsewhere(), ADA, at(there(), two), 1)).isEqualTo(new Entry.Full());
    assertThat(occupants(ADA)).containsExactly(occupant(here(), one, 1));
  }

  @Test
  void whoEntersLearnsWhoIsThereInTheOrderInWhichTheyCame() {
    enter(directory(), TEA, at(here(), one), 9);
    Entry entry = enter(elsewhere(), TEA, at(there(), two), 9);

    assertThat(entry)
        .isEqualTo(
            new Entry.Entered(member(two, 2), Optional.empty(), List.of(occupant(here(), one, 1))));
    assertThat(occupants(TEA)).containsExactly(occupant(here(), one, 1), occupant(there(), two, 2));
  }

  @Test
  void twentyAreListedInTheOrderInWhichTheyCame() {
    List<SessionId> sessions = IntStream.range(0, 20).mapToObj(_ -> SessionId.fresh()).toList();
    sessions.forEach(session -> enter(directory(), TEA, at(here(), session), 20));

    assertThat(occupants(TEA)).extracting(it -> it.member().session()).isEqualTo(sessions);
  }

  @Test
  void enteringAgainKeepsTheNumberAndChangesTheRest() {
    enter(directory(), TEA, at(here(), one), 2);
    enter(directory(), TEA, at(here(), two), 2);
    Occupant otherwise = new Occupant(there(), Member.newcomer(one, "ada", "{\"hat\":true}"));

    Entry entry = enter(elsewhere(), TEA, otherwise, 2);

    Member self = new Member(one, 1, "ada", "{\"hat\":true}");
    assertThat(entry)
        .isEqualTo(
            new Entry.Entered(
                self, Optional.of(occupant(here(), one, 1)), List.of(occupant(here(), two, 2))));
    assertThat(occupants(TEA))
        .containsExactly(new Occupant(there(), self), occupant(here(), two, 2));
  }

  @Test
  void aFullRoomLetsNobodyInButWhoIsInIt() {
    enter(directory(), TEA, at(here(), one), 1);

    assertThat(enter(elsewhere(), TEA, at(there(), two), 1)).isEqualTo(new Entry.Full());
    assertThat(enter(directory(), TEA, at(here(), one), 1)).isInstanceOf(Entry.Entered.class);
  }

  @Test
  void whoLeavesLearnsWhoStays() {
    enter(directory(), TEA, at(here(), one), 9);
    enter(elsewhere(), TEA, at(there(), two), 9);

    assertThat(leave(directory(), TEA, here(), one))
        .isEqualTo(new Exit.Gone(member(one, 1), List.of(occupant(there(), two, 2))));
    assertThat(leave(directory(), TEA, here(), one)).isEqualTo(new Exit.NotThere());
    assertThat(leave(elsewhere(), TEA, there(), two))
        .isEqualTo(new Exit.Gone(member(two, 2), List.of()));
    assertThat(occupants(TEA)).isEmpty();
  }

  @Test
  void aPlaceThatWasLeftIsFree() {
    enter(directory(), ADA, at(here(), one), 1);
    leave(directory(), ADA, here(), one);

    assertThat(enter(elsewhere(), ADA, at(there(), two), 1)).isInstanceOf(Entry.Entered.class);
  }

  @Test
  void whoEnteredElsewhereSinceIsNotTakenOut() {
    enter(directory(), TEA, at(here(), one), 9);
    enter(elsewhere(), TEA, at(there(), one), 9);

    assertThat(leave(directory(), TEA, here(), one)).isEqualTo(new Exit.NotThere());
    assertThat(occupants(TEA)).containsExactly(occupant(there(), one, 1));
  }

  @Test
  void aLeaveThatComesLateDoesNotTakeTheNameFromItsNextHolder() {
    enter(directory(), ADA, at(here(), one), 1);
    leave(directory(), ADA, here(), one);
    enter(elsewhere(), ADA, at(there(), two), 1);

    assertThat(leave(directory(), ADA, here(), one)).isEqualTo(new Exit.NotThere());
    assertThat(occupants(ADA)).containsExactly(occupant(there(), two, 1));
  }

  @Test
  void realmsScopesAndKindsDoNotMeet() {
    enter(directory(), TEA, at(here(), one), 9);

    assertThat(occupants(new RoomId("acme", "rooms", "tea"))).isEmpty();
    assertThat(occupants(new RoomId("default", "v1", "tea"))).isEmpty();
    assertThat(occupants(new Address("default", "rooms", "tea"))).isEmpty();
    assertThat(occupants(new Seat("default", "rooms", new SessionId("tea")))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{tea}", "}{", "t*?[a]", "a:b", "a\\b", "ч😀", "\"quoted\"", "%s", " a b ", "#"})
  void aNameIsWhatItIs(String name) {
    RoomId room = new RoomId("default", "rooms", name);
    Occupant occupant = new Occupant(here(), Member.newcomer(one, name, "{\"a\":\n1}"));

    enter(directory(), room, occupant, 9);

    assertThat(occupants(room))
        .containsExactly(new Occupant(here(), new Member(one, 1, name, "{\"a\":\n1}")));
    assertThat(leave(directory(), room, here(), one)).isInstanceOf(Exit.Gone.class);
  }

  @Test
  void ofAHundredThatRaceForANameOneGetsIt() throws InterruptedException, ExecutionException {
    assertThat(race(ADA, 1)).isEqualTo(1);
  }

  @Test
  void ofAHundredThatRaceForTwoPlacesTwoGetIn() throws InterruptedException, ExecutionException {
    assertThat(race(TEA, 2)).isEqualTo(2);
    assertThat(occupants(TEA)).hasSize(2);
  }

  /** A hundred at once, half of them at the other node; how many got in. */
  private int race(Destination place, int capacity)
      throws InterruptedException, ExecutionException {
    try (ExecutorService racers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Entry>> entries =
          IntStream.range(0, 100)
              .mapToObj(i ->
                  racers.submit(() ->
                      i % 2 == 0
                          ? enter(directory(), place, at(here(), SessionId.fresh()), capacity)
                          : enter(elsewhere(), place, at(there(), SessionId.fresh()), capacity)))
              .toList();
      int entered = 0;
      for (Future<Entry> entry : entries) {
        entered += entry.get() instanceof Entry.Entered ? 1 : 0;
      }
      return entered;
    }
  }

  private static Occupant at(String node, SessionId session) {
    return new Occupant(node, Member.newcomer(session, "", ""));
  }

  private static Occupant occupant(String node, SessionId session, long number) {
    return new Occupant(node, member(session, number));
  }

  private static Member member(SessionId session, long number) {
    return new Member(session, number, "", "");
  }

  private static Entry enter(Directory directory, Destination place, Occupant who, int capacity) {
    return get(directory.enter(place, who, capacity));
  }

  private static Exit leave(
      Directory directory, Destination place, String node, SessionId session) {
    return get(directory.leave(place, new Location(node, session)));
  }

  private List<Occupant> occupants(Destination place) {
    return get(directory().occupants(place));
  }

  static <T> T get(Uni<T> uni) {
    return uni.await().atMost(Duration.ofSeconds(20));
  }
}
