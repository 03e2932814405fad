package dev.switchboard.presence.board;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.bus.Change;
import dev.switchboard.bus.Change.Kind;
import dev.switchboard.bus.ChangeId;
import dev.switchboard.bus.OnlineSession;
import dev.switchboard.bus.Snapshot;
import dev.switchboard.presence.board.PresenceEvent.Cause;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class RollTest {

  private static final Instant SINCE = Instant.parse("2026-01-01T10:00:00Z");

  private final Roll roll = new Roll(empty());
  private long version;

  private static Snapshot empty() {
    return new Snapshot(ChangeId.NONE, List.of(), Map.of());
  }

  private Change change(Kind kind, String session, String peer, String room, String more) {
    return new Change(new ChangeId(++version, 0, 0), kind, session, "v1", peer, room, more, SINCE);
  }

  private List<String> happens(Kind kind, String session, String peer, String room, String more) {
    return roll.apply(change(kind, session, peer, room, more)).stream()
        .map(RollTest::text)
        .toList();
  }

  private static String text(PresenceEvent event) {
    return switch (event) {
      case PresenceEvent.OfPeer of ->
          "%s %s%s%s x%d"
              .formatted(
                  of.kind().word(),
                  of.peer(),
                  of.cause() == Cause.NONE ? "" : " " + of.cause().word(),
                  of.reason().isEmpty() ? "" : " " + of.reason(),
                  of.sessions());
      case PresenceEvent.OfRoom of ->
          "%s %s@%s x%d".formatted(of.kind().word(), of.peer(), of.room().name(), of.members());
    };
  }

  @Test
  void aPeerEntersWithItsFirstSessionAndLeavesWithItsLast() {
    assertThat(happens(Kind.OPEN, "s1", "ada", "", "")).containsExactly("enter ada x1");
    assertThat(happens(Kind.OPEN, "s2", "ada", "", ""))
        .containsExactly("update ada session-began x2");
    assertThat(happens(Kind.GONE, "s1", "ada", "", "left"))
        .containsExactly("update ada session-ended left x1");
    assertThat(happens(Kind.GONE, "s2", "ada", "", "timeout"))
        .containsExactly("leave ada timeout x0");
    assertThat(roll.peers()).isEmpty();
    assertThat(roll.size()).isZero();
  }

  @Test
  void whoIsAwayHasLeftAndWhoIsBackHasEntered() {
    happens(Kind.OPEN, "s1", "ada", "", "");
    assertThat(happens(Kind.AWAY, "s1", "ada", "", "timeout"))
        .containsExactly("leave ada timeout x0");
    assertThat(happens(Kind.BACK, "s1", "ada", "", "")).containsExactly("enter ada x1");
  }

  @Test
  void aRoomHasItsOwnEvents() {
    happens(Kind.OPEN, "s1", "ada", "", "");
    happens(Kind.OPEN, "s2", "bob", "", "");
    assertThat(happens(Kind.JOIN, "s1", "ada", "tea", "1")).containsExactly("enter ada@tea x1");
    assertThat(happens(Kind.JOIN, "s2", "bob", "tea", "2")).containsExactly("enter bob@tea x2");
    assertThat(happens(Kind.UPDATE, "s1", "ada", "tea", "3")).containsExactly("update ada@tea x2");
    assertThat(happens(Kind.LEAVE, "s1", "ada", "tea", "left")).containsExactly("leave ada@tea x1");
    assertThat(happens(Kind.LEAVE, "s2", "bob", "tea", "left")).containsExactly("leave bob@tea x0");
    assertThat(roll.rooms()).isEmpty();
  }

  @Test
  void aStatusIsToldOfThoseWhoAreHereAndKeptForTheOthers() {
    assertThat(happens(Kind.STATUS, "", "ada", "", "7")).isEmpty();
    happens(Kind.OPEN, "s1", "ada", "", "");
    assertThat(roll.statusOf("ada")).isEqualTo("7");
    assertThat(happens(Kind.STATUS, "", "ada", "", "")).containsExactly("update ada status x1");
    assertThat(roll.statusOf("ada")).isEmpty();
  }

  @Test
  void whatIsSaidOfWhoIsNotHereMeansNothing() {
    assertThat(happens(Kind.GONE, "s1", "ada", "", "left")).isEmpty();
    assertThat(happens(Kind.JOIN, "s1", "ada", "tea", "")).isEmpty();
    assertThat(happens(Kind.LEAVE, "s1", "ada", "tea", "left")).isEmpty();
    assertThat(happens(Kind.DESCRIBE, "s1", "ada", "", "1")).isEmpty();
    assertThat(happens(Kind.BEGIN, "", "", "", "")).isEmpty();
  }

  @Test
  void differencesAreToldOfPeersAndThenOfRooms() {
    Roll before =
        new Roll(
            new Snapshot(
                ChangeId.NONE,
                List.of(
                    session("s1", "ada", "", Map.of("tea", "")),
                    session("s2", "bob", "", Map.of("tea", "1")),
                    session("s3", "eve", "", Map.of())),
                Map.of()));
    Roll after =
        new Roll(
            new Snapshot(
                ChangeId.NONE,
                List.of(
                    session("s2", "bob", "", Map.of("tea", "2")),
                    session("s3", "eve", "x", Map.of()),
                    session("s4", "zoe", "", Map.of("tea", ""))),
                Map.of()));

    List<PresenceEvent> events = before.differences(after, new ChangeId(9, 1, 0));

    assertThat(events)
        .extracting(RollTest::text)
        .containsExactly(
            "leave ada unknown x0",
            "update eve resynced x1",
            "enter zoe x1",
            "leave ada@tea x2",
            "update bob@tea x2",
            "enter zoe@tea x2");
    assertThat(events)
        .extracting(event -> event.id().toString())
        .containsExactly("9-1.1", "9-1.2", "9-1.3", "9-1.4", "9-1.5", "9-1.6");
    assertThat(after.differences(after, ChangeId.NONE)).isEmpty();
  }

  private static OnlineSession session(
      String session, String peer, String meta, Map<String, String> rooms) {
    return new OnlineSession("v1", peer, session, SINCE, meta, rooms);
  }

  /** Whatever happened: who comes later works out what who was there has told. */
  @RepeatedTest(50)
  void aPodThatStartsLateHasTheHistoryOfOneThatWasThere(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    List<Change> changes = new ArrayList<>();
    List<PresenceEvent> told = new ArrayList<>();
    Actor actor = new Actor(random);
    int trimmed = random.nextInt(200);
    for (int i = 0; i < 400; i++) {
      Change change = actor.next();
      List<PresenceEvent> events = roll.apply(change);
      if (i >= trimmed) {
        changes.add(change);
        told.addAll(events);
      }
    }

    List<OnlineSession> sessions =
        roll.peers().values().stream().flatMap(all -> all.values().stream()).toList();
    Snapshot snapshot = new Snapshot(changes.getLast().id(), sessions, Map.of());

    History history = History.before(snapshot, changes, 1000);
    ChangeId first = changes.getFirst().id();
    assertThat(history.after(first).orElseThrow())
        .isEqualTo(told.stream().filter(it -> it.id().compareTo(first) > 0).toList());
    assertThat(history.after(new ChangeId(first.millis() - 1, 0, 0))).isEmpty();
    assertThat(new Roll(snapshot).differences(roll, ChangeId.NONE)).isEmpty();
  }

  @Test
  void aHistoryForgetsTheOldestFirst() {
    List<Change> changes = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      changes.add(change(Kind.OPEN, "s" + i, "p" + i, "", ""));
    }
    changes.forEach(roll::apply);
    List<OnlineSession> sessions =
        roll.peers().values().stream().flatMap(all -> all.values().stream()).toList();
    History history =
        History.before(new Snapshot(changes.getLast().id(), sessions, Map.of()), changes, 4);

    assertThat(history.after(new ChangeId(5, 0, 0))).isEmpty();
    assertThat(history.after(new ChangeId(6, 0, 0)).orElseThrow()).hasSize(4);
    assertThat(history.after(new ChangeId(10, 0, 0)).orElseThrow()).isEmpty();
  }

  /** Does what signaling does, in an order that a seed decides. */
  private final class Actor {

    private final Random random;
    private final Map<String, List<String>> here = new HashMap<>();
    private final List<String> away = new ArrayList<>();
    private int sessions;

    Actor(Random random) {
      this.random = random;
    }

    Change next() {
      int which = random.nextInt(10);
      if (here.isEmpty() || which < 3) {
        if (!away.isEmpty() && random.nextBoolean()) {
          String session = away.removeFirst();
          here.put(session, new ArrayList<>());
          return change(Kind.BACK, session, peerOf(session), "", "");
        }
        String session = "s" + sessions++;
        here.put(session, new ArrayList<>());
        return change(Kind.OPEN, session, peerOf(session), "", "");
      }
      String session =
          here.keySet().stream().skip(random.nextInt(here.size())).findFirst().orElseThrow();
      List<String> rooms = here.getOrDefault(session, List.of());
      String room = "r" + random.nextInt(3);
      if (which < 6 && !rooms.contains(room)) {
        rooms.add(room);
        return change(Kind.JOIN, session, peerOf(session), room, "");
      }
      if (!rooms.isEmpty()) {
        return change(Kind.LEAVE, session, peerOf(session), rooms.removeLast(), "left");
      }
      here.remove(session);
      if (random.nextBoolean()) {
        away.add(session);
        return change(Kind.AWAY, session, peerOf(session), "", "timeout");
      }
      return change(Kind.GONE, session, peerOf(session), "", "left");
    }

    private static String peerOf(String session) {
      return "p" + session.hashCode() % 5;
    }
  }
}
