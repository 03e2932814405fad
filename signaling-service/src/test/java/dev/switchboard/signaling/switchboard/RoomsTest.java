package dev.switchboard.signaling.switchboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.identity.Caller;
import dev.switchboard.identity.Grants;
import dev.switchboard.identity.NamePattern;
import dev.switchboard.identity.Realm;
import dev.switchboard.signaling.announce.Announced;
import dev.switchboard.signaling.protocol.Arrival;
import dev.switchboard.signaling.protocol.Command;
import dev.switchboard.signaling.protocol.Event;
import dev.switchboard.signaling.protocol.Leaving;
import dev.switchboard.signaling.protocol.Member;
import dev.switchboard.signaling.protocol.Outcome;
import dev.switchboard.signaling.protocol.Payload;
import dev.switchboard.signaling.protocol.Refusal;
import dev.switchboard.signaling.protocol.Refusal.Reason;
import dev.switchboard.signaling.protocol.SessionId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RoomsTest {

  private static final Payload DATA = Payload.of("{\"x\":1}");
  private static final Realm REALM = new Realm("default");

  private final FakeDirectory directory = new FakeDirectory();
  private final FakeDelivery delivery = new FakeDelivery();
  private final Vertx vertx = Vertx.vertx();
  private final Switchboard switchboard =
      Board.of(directory, delivery, new Announced(), new SimpleMeterRegistry(), vertx);

  private final Recording adas = new Recording();
  private final Recording bobs = new Recording();
  private final Session ada = open(Caller.anonymous(REALM), adas);
  private final Session bob = open(Caller.anonymous(REALM), bobs);

  @AfterEach
  void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void membersHearOfEachOtherAndOfWhatIsPublished() {
    join(ada, "tea");
    join(bob, "tea");
    handle(ada, new Command.Publish("tea", DATA));
    handle(bob, new Command.Leave("tea"));

    assertThat(adas.got)
        .containsExactly(
            new Event.MemberJoined("tea", member(bob, 2), Arrival.NEW),
            new Event.MemberLeft("tea", member(bob, 2), Leaving.LEFT));
    assertThat(bobs.got).containsExactly(new Event.Published("tea", member(ada, 1), DATA));
  }

  @Test
  void whatIsSaidWhileOneIsBeingLetInIsHeardAfterOneIsIn() {
    join(ada, "tea");
    directory.hold();
    begin(bob, bobs, new Command.Join("tea", 9, ""));
    handle(ada, new Command.Publish("tea", DATA));
    assertThat(bobs.got).isEmpty();
    directory.letGo();

    assertThat(bobs.got)
        .containsExactly(
            new Outcome.Joined("tea", member(bob, 2), List.of(member(ada, 1))),
            new Event.Published("tea", member(ada, 1), DATA));
  }

  @Test
  void aRoomThatIsFullRefusesAndTheRefusedMayTryAgain() {
    handle(ada, new Command.Join("booth", 1, ""));
    assertThat(handle(bob, new Command.Join("booth", 1, "")))
        .isEqualTo(refused(Reason.ROOM_FULL, "booth"));
    assertThat(handle(bob, new Command.Publish("booth", DATA)))
        .isEqualTo(refused(Reason.NOT_IN_ROOM, "booth"));
    handle(ada, new Command.Leave("booth"));

    assertThat(handle(bob, new Command.Join("booth", 1, ""))).isInstanceOf(Outcome.Joined.class);
  }

  @Test
  void aSessionThatEndsLeavesEveryRoom() {
    join(ada, "tea");
    join(ada, "coffee");
    join(bob, "tea");
    join(bob, "coffee");
    end(ada);

    assertThat(bobs.got)
        .contains(
            new Event.MemberLeft("tea", member(ada, 1), Leaving.LEFT),
            new Event.MemberLeft("coffee", member(ada, 2), Leaving.LEFT));
    end(bob);
    assertThat(directory.places).isEmpty();
  }

  @Test
  void aSessionThatEndsWhileItIsBeingLetInLeavesNoGhost() {
    directory.hold();
    begin(ada, adas, new Command.Join("tea", 9, ""));
    end(ada);
    directory.letGo();

    assertThat(directory.places).isEmpty();
    assertThat(adas.got).isEmpty();
  }

  @Test
  void joiningAgainIsAnsweredAndTellsNobody() {
    join(ada, "tea");
    join(bob, "tea");
    join(bob, "tea");

    assertThat(bobs.got).isEmpty();
    assertThat(adas.got)
        .containsExactly(new Event.MemberJoined("tea", member(bob, 2), Arrival.NEW));
  }

  @Test
  void roomsOfASessionAreBounded() {
    for (int i = 0; i < Memberships.MAX_ROOMS; i++) {
      assertThat(join(ada, "room-" + i)).isInstanceOf(Outcome.Joined.class);
    }
    for (int i = 0; i < 10_000; i++) {
      assertThat(join(ada, "more-" + i)).isEqualTo(refused(Reason.TOO_MANY_ROOMS, "more-" + i));
    }
    assertThat(directory.places).hasSize(Memberships.MAX_ROOMS);
  }

  @Test
  void grantsNameTheRoomsThatATokenOpens() {
    Grants grants =
        new Grants(
            List.of(new NamePattern("team-*")),
            List.of(),
            true,
            Optional.empty(),
            Optional.empty());
    Session guest =
        open(new Caller(REALM, Optional.of("guest"), grants, Optional.empty()), new Recording());

    assertThat(join(guest, "team-7")).isInstanceOf(Outcome.Joined.class);
    assertThat(join(guest, "board")).isEqualTo(refused(Reason.FORBIDDEN, "board"));
  }

  @Test
  void aRoomsNameIsOneThatPeopleCouldSay() {
    for (String name : List.of("", " tea", "te\u0000a", "x".repeat(300))) {
      assertThat(join(ada, name))
          .isInstanceOfSatisfying(
              Outcome.Refused.class,
              refused -> assertThat(refused.refusal().reason()).isEqualTo(Reason.BAD_ROOM));
    }
    for (String name : List.of("{tea}", "t*?[a]", "ч😀", "a/b:c")) {
      assertThat(join(ada, name)).isInstanceOf(Outcome.Joined.class);
    }
  }

  @Test
  void leavingARoomOneIsNotInIsRefused() {
    assertThat(handle(ada, new Command.Leave("tea"))).isEqualTo(refused(Reason.NOT_IN_ROOM, "tea"));
  }

  @Test
  void whoComesBackKeepsItsNumberAndTheOthersLearnWhetherItBeganAfresh() {
    join(ada, "tea");
    handle(bob, new Command.Join("tea", 9, "1"));
    switchboard.detach(bob);
    Session back = switchboard.open(bob.id(), Caller.anonymous(REALM), "rooms", bobs);
    handle(back, new Command.Join("tea", 9, "1"));
    switchboard.close(bob, Leaving.TIMEOUT).await().indefinitely();
    switchboard.detach(back);
    Session afresh = switchboard.open(bob.id(), Caller.anonymous(REALM), "rooms", bobs);
    handle(afresh, new Command.Join("tea", 9, "2"));

    Member one = new Member(bob.id(), 2, "", "1");
    Member two = new Member(bob.id(), 2, "", "2");
    assertThat(adas.got)
        .containsExactly(
            new Event.MemberJoined("tea", one, Arrival.NEW),
            new Event.MemberJoined("tea", one, Arrival.BACK),
            new Event.MemberJoined("tea", two, Arrival.AFRESH));
    switchboard.detach(afresh);
    switchboard.close(afresh, Leaving.TIMEOUT).await().indefinitely();
    assertThat(adas.got).contains(new Event.MemberLeft("tea", two, Leaving.TIMEOUT));
  }

  @Test
  void whoComesBackWithoutTheGrantLeavesNoGhost() {
    join(ada, "tea");
    join(bob, "tea");
    switchboard.detach(bob);
    Caller denied =
        new Caller(
            REALM,
            Optional.of("bob"),
            new Grants(List.of(), List.of(), true, Optional.empty(), Optional.empty()),
            Optional.empty());
    Session back = switchboard.open(bob.id(), denied, "rooms", bobs);
    assertThat(join(back, "tea")).isEqualTo(refused(Reason.FORBIDDEN, "tea"));
    end(back);

    assertThat(adas.got).contains(new Event.MemberLeft("tea", member(bob, 2), Leaving.LEFT));
  }

  @Test
  void aMemberMayWhisperToAnotherByItsNumber() {
    join(ada, "tea");
    join(bob, "tea");

    handle(ada, new Command.Whisper("tea", 2, DATA));

    assertThat(bobs.got).containsExactly(new Event.Published("tea", member(ada, 1), DATA));
    assertThat(handle(ada, new Command.Whisper("tea", 3, DATA)))
        .isEqualTo(refused(Reason.UNKNOWN_PEER, "3"));
    assertThat(handle(ada, new Command.Whisper("tea", 1, DATA)))
        .isEqualTo(refused(Reason.UNKNOWN_PEER, "1"));
  }

  @Test
  void whoDescribesItselfAnewIsSeenSoInEachOfItsRooms() {
    join(ada, "tea");
    join(bob, "tea");
    handle(bob, new Command.Describe("{\"hat\":1}"));
    handle(bob, new Command.Publish("tea", DATA));

    Member hatted = new Member(bob.id(), 2, "", "{\"hat\":1}");
    assertThat(adas.got)
        .contains(new Event.MemberUpdated("tea", hatted), new Event.Published("tea", hatted, DATA));
  }

  @Test
  void aRosterComesInPages() {
    join(ada, "tea");
    join(bob, "tea");

    assertThat(handle(ada, new Command.List("tea", 0, 1)))
        .isEqualTo(new Outcome.Listed("tea", List.of(member(ada, 1)), true));
    assertThat(handle(ada, new Command.List("tea", 1, 1)))
        .isEqualTo(new Outcome.Listed("tea", List.of(member(bob, 2)), false));
    assertThat(handle(ada, new Command.List("coffee", 0, 1)))
        .isEqualTo(refused(Reason.NOT_IN_ROOM, "coffee"));
  }

  private Session open(Caller caller, Outlet outlet) {
    return switchboard.open(SessionId.fresh(), caller, "rooms", outlet);
  }

  private Outcome join(Session session, String room) {
    return handle(session, new Command.Join(room, 9, ""));
  }

  private void begin(Session session, Recording recording, Command command) {
    switchboard
        .handle(session, command, Optional.empty(), recording.got::add)
        .subscribe()
        .with(_ -> {});
  }

  private Outcome handle(Session session, Command command) {
    List<Outcome> told = new ArrayList<>();
    switchboard.handle(session, command, Optional.empty(), told::add).await().indefinitely();
    assertThat(told).hasSize(1);
    return told.getFirst();
  }

  private void end(Session session) {
    switchboard.detach(session);
    switchboard.close(session, Leaving.LEFT).subscribe().with(_ -> {});
  }

  private static Member member(Session session, long number) {
    return new Member(session.id(), number, "", "");
  }

  private static Outcome refused(Reason reason, String subject) {
    return new Outcome.Refused(new Refusal(reason, subject));
  }
}
