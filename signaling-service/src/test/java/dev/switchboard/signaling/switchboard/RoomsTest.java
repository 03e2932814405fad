package dev.switchboard.signaling.switchboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.identity.Caller;
import dev.switchboard.identity.Grants;
import dev.switchboard.identity.NamePattern;
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
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RoomsTest {

  private static final Payload DATA = Payload.of("{\"x\":1}");
  private static final Realm REALM = new Realm("default");

  private final FakeDirectory directory = new FakeDirectory();
  private final FakeDelivery delivery = new FakeDelivery();
  private final Tally tally = new Tally(new SimpleMeterRegistry());
  private final Switchboard switchboard =
      new Switchboard(
          delivery,
          new Calls(directory, delivery, new Nobody(), tally),
          new Rooms(directory, delivery, tally),
          tally);

  private final List<Event> adaGot = new ArrayList<>();
  private final List<Event> bobGot = new ArrayList<>();
  private final Session ada = open(Caller.anonymous(REALM), adaGot);
  private final Session bob = open(Caller.anonymous(REALM), bobGot);

  @Test
  void membersHearOfEachOtherAndOfWhatIsPublished() {
    join(ada, "tea");
    join(bob, "tea");
    handle(ada, new Command.Publish("tea", DATA));
    handle(bob, new Command.Leave("tea"));

    assertThat(adaGot)
        .containsExactly(
            new Event.Joined("tea"),
            new Event.MemberJoined("tea", bob.id()),
            new Event.MemberLeft("tea", bob.id()));
    assertThat(bobGot)
        .containsExactly(
            new Event.Joined("tea"),
            new Event.Published("tea", ada.id(), DATA),
            new Event.Left("tea"));
  }

  @Test
  void whatIsSaidWhileOneIsBeingLetInIsHeardAfterOneIsIn() {
    join(ada, "tea");
    directory.hold();
    switchboard.handle(bob, new Command.Join("tea", 9)).subscribe().with(_ -> {});
    handle(ada, new Command.Publish("tea", DATA));
    assertThat(bobGot).isEmpty();
    directory.letGo();

    assertThat(bobGot)
        .containsExactly(new Event.Joined("tea"), new Event.Published("tea", ada.id(), DATA));
  }

  @Test
  void aRoomThatIsFullRefusesAndTheRefusedMayTryAgain() {
    handle(ada, new Command.Join("booth", 1));
    assertThat(handle(bob, new Command.Join("booth", 1)))
        .isEqualTo(refused(Reason.ROOM_FULL, "booth"));
    assertThat(handle(bob, new Command.Publish("booth", DATA)))
        .isEqualTo(refused(Reason.NOT_IN_ROOM, "booth"));
    handle(ada, new Command.Leave("booth"));

    assertThat(handle(bob, new Command.Join("booth", 1))).isEqualTo(new Outcome.Done());
  }

  @Test
  void aSessionThatEndsLeavesEveryRoom() {
    join(ada, "tea");
    join(ada, "coffee");
    join(bob, "tea");
    join(bob, "coffee");
    switchboard.close(ada).await().indefinitely();

    assertThat(bobGot)
        .contains(new Event.MemberLeft("tea", ada.id()), new Event.MemberLeft("coffee", ada.id()));
    switchboard.close(bob).await().indefinitely();
    assertThat(directory.rooms).isEmpty();
  }

  @Test
  void aSessionThatEndsWhileItIsBeingLetInLeavesNoGhost() {
    directory.hold();
    switchboard.handle(ada, new Command.Join("tea", 9)).subscribe().with(_ -> {});
    switchboard.close(ada).subscribe().with(_ -> {});
    directory.letGo();

    assertThat(directory.rooms).isEmpty();
    assertThat(adaGot).isEmpty();
  }

  @Test
  void joiningAgainIsAnsweredAndTellsNobody() {
    join(ada, "tea");
    join(bob, "tea");
    join(bob, "tea");

    assertThat(bobGot).containsExactly(new Event.Joined("tea"), new Event.Joined("tea"));
    assertThat(adaGot)
        .containsExactly(new Event.Joined("tea"), new Event.MemberJoined("tea", bob.id()));
  }

  @Test
  void roomsOfASessionAreBounded() {
    for (int i = 0; i < Memberships.MAX_ROOMS; i++) {
      assertThat(join(ada, "room-" + i)).isEqualTo(new Outcome.Done());
    }
    for (int i = 0; i < 10_000; i++) {
      assertThat(join(ada, "more-" + i)).isEqualTo(refused(Reason.TOO_MANY_ROOMS, "more-" + i));
    }
    assertThat(directory.rooms).hasSize(Memberships.MAX_ROOMS);
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
        open(new Caller(REALM, Optional.of("guest"), grants, Optional.empty()), new ArrayList<>());

    assertThat(join(guest, "team-7")).isEqualTo(new Outcome.Done());
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
      assertThat(join(ada, name)).isEqualTo(new Outcome.Done());
    }
  }

  @Test
  void leavingARoomOneIsNotInIsRefused() {
    assertThat(handle(ada, new Command.Leave("tea"))).isEqualTo(refused(Reason.NOT_IN_ROOM, "tea"));
  }

  private Session open(Caller caller, List<Event> got) {
    return switchboard.open(caller, "rooms", (_, event) -> got.add(event));
  }

  private Outcome join(Session session, String room) {
    return handle(session, new Command.Join(room, 9));
  }

  private Outcome handle(Session session, Command command) {
    return switchboard.handle(session, command).await().indefinitely();
  }

  private static Outcome refused(Reason reason, String subject) {
    return new Outcome.Refused(new Refusal(reason, subject));
  }

  private static final class Nobody implements Announcer {

    @Override
    public void entered(Address address, SessionId session) {}

    @Override
    public void left(Address address, SessionId session) {}
  }
}
