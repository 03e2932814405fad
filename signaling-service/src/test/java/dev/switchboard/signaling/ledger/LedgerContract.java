package dev.switchboard.signaling.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.signaling.ledger.Ledger.Acknowledged;
import dev.switchboard.signaling.ledger.Ledger.Answer;
import dev.switchboard.signaling.ledger.Ledger.Entry;
import dev.switchboard.signaling.ledger.Ledger.Opened;
import dev.switchboard.signaling.ledger.Ledger.Reading;
import dev.switchboard.signaling.ledger.Ledger.Returned;
import dev.switchboard.signaling.ledger.Ledger.Tail;
import dev.switchboard.signaling.protocol.Address;
import dev.switchboard.signaling.protocol.Arrival;
import dev.switchboard.signaling.protocol.Destination;
import dev.switchboard.signaling.protocol.Event;
import dev.switchboard.signaling.protocol.EventText;
import dev.switchboard.signaling.protocol.Leaving;
import dev.switchboard.signaling.protocol.Member;
import dev.switchboard.signaling.protocol.Payload;
import dev.switchboard.signaling.protocol.Refusal;
import dev.switchboard.signaling.protocol.Refusal.Reason;
import dev.switchboard.signaling.protocol.RoomId;
import dev.switchboard.signaling.protocol.Seat;
import dev.switchboard.signaling.protocol.SessionId;
import dev.switchboard.signaling.protocol.Signal;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What every ledger does, whatever it is kept in. */
abstract class LedgerContract {

  static final String REALM = "default";
  static final String SCOPE = "v1";
  static final List<String> ANY = List.of("*");
  static final Terms OPEN = new Terms(Optional.empty(), ANY, ANY);
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int SHARERS = 2;
  private static final int ROOMS = 3;

  final Bounds bounds = new Bounds();

  /** The ledger as this node sees it. */
  abstract Ledger ledger();

  /** The same ledger as another node sees it; the same object where there is only one node. */
  abstract Ledger elsewhere();

  /** What presence was told, as {@link dev.switchboard.signaling.announce.Announced} has it. */
  abstract List<String> announced();

  @Test
  void whatBecomesOfSessionsAndRoomsIsAnnounced() {
    Hold ada = open("ada");
    done(get(ledger().join(ada, "1", "tea", "", 10, ROOMS)));
    done(get(ledger().join(ada, "2", "tea", "", 10, ROOMS)));
    done(get(ledger().describe(ada, "3", "7")));
    done(get(ledger().leave(ada, "4", "tea")));
    done(get(ledger().end(ada)));

    assertThat(announced())
        .containsExactly("+ada", "ada@tea", "ada=7", "ada@tea", "ada!tea", "-ada");
  }

  @Test
  void aNodeIsToldWhatItHolds() {
    Hold ada = open("ada");
    Hold bob = open("bob");
    get(ledger().detach(bob, false));

    assertThat(get(ledger().held())).containsExactly(ada);
  }

  @Test
  void whoHasASocketAgainInTimeWasNeverAway() {
    Hold ada = open("ada");
    bounds.leaveAfter = Duration.ofMinutes(1);
    get(ledger().detach(ada, false));
    get(ledger().due());
    back(elsewhere(), ada, 0);

    assertThat(announced()).containsExactly("+ada");
  }

  @Test
  void whoHasNoSocketForLongIsAnnouncedToBeGoneOnceAndMayBeBack() {
    Hold ada = open("ada");
    Hold bob = open("bob");
    bounds.leaveAfter = Duration.ZERO;
    get(ledger().detach(ada, false));
    get(ledger().detach(bob, false));
    get(ledger().due());
    Hold again = back(elsewhere(), ada, 0).hold();
    bounds.resumeWithin = Duration.ZERO;
    get(ledger().due());
    done(get(elsewhere().end(again)));

    assertThat(announced())
        .filteredOn(it -> it.endsWith("ada"))
        .containsExactly("+ada", "-ada", "+ada", "-ada");
    assertThat(announced()).filteredOn(it -> it.endsWith("bob")).containsExactly("+bob", "-bob");
  }

  @Test
  void whatIsSentStandsInTheInboxUntilItIsAcknowledged() {
    Hold ada = open("ada");
    Hold bob = open("bob");

    send(ada, "1", peer("bob"), "one");
    send(ada, "2", new Seat(REALM, SCOPE, bob.session()), "two");
    assertThat(inbox(bob)).containsExactly(entry(1, ada, "one"), entry(2, ada, "two"));

    get(ledger().acknowledge(REALM, List.of(new Acknowledged(bob, 1))));
    assertThat(inbox(bob)).containsExactly(entry(2, ada, "two"));
  }

  @Test
  void whoeverIsAttachedIsToldWhereAndUnderWhichNumber() {
    Hold ada = open("ada");
    Hold bob = open("bob");

    List<News> news = done(send(ada, "1", peer("bob"), "one"));

    assertThat(news)
        .singleElement()
        .satisfies(it -> {
          assertThat(it.at().session()).isEqualTo(bob.session());
          assertThat(it.at().node()).isEqualTo(bob.node());
          assertThat(it.number()).isEqualTo(1);
          assertThat(EventText.of(it.event())).isEqualTo(EventText.of(said(ada, "one")));
        });
  }

  @Test
  void ofWhatIsSentTogetherEachIsAnsweredForItself() {
    bounds.backlog = 1000;
    Hold bob = open("bob");
    Hold ada = open("ada");
    Hold gone = open("eve");
    get(ledger().end(gone));
    List<Hold> many = IntStream.range(0, 100).mapToObj(i -> open("p" + i)).toList();

    List<Uni<Answer>> together = new ArrayList<>();
    for (Hold one : many) {
      together.add(ledger().send(one, "1", peer("bob"), said(one, one.name()), ANY));
    }
    together.add(ledger().send(ada, "1", peer("nobody"), said(ada, "x"), ANY));
    together.add(ledger().send(gone, "1", peer("bob"), said(gone, "x"), ANY));
    together.add(ledger().send(ada, "2", peer("p7"), said(ada, "y"), ANY));
    List<Answer> answers = get(Uni.join().all(together).andFailFast());

    for (int i = 0; i < many.size(); i++) {
      News news = done(answers.get(i)).getFirst();
      assertThat(news.at().session()).isEqualTo(bob.session());
      assertThat(EventText.of(news.event()))
          .isEqualTo(EventText.of(said(many.get(i), many.get(i).name())));
    }
    assertThat(answers.get(100)).isEqualTo(refused(Reason.UNKNOWN_PEER, "nobody"));
    assertThat(answers.get(101)).isEqualTo(new Answer.Lapsed(Ending.GONE));
    assertThat(done(answers.get(102)).getFirst().at().session()).isEqualTo(many.get(7).session());
    assertThat(read(ledger(), bob, 0)).extracting(Entry::number).hasSize(100).isSorted();
  }

  @Test
  void whatIsSentAfterAJoinIsSentToTheRoom() {
    assertThat(get(sendsAroundAJoin())).allSatisfy(answer -> assertThat(done(answer)).isNotEmpty());
  }

  /** Says something to a peer, joins a room and speaks there, without waiting for an answer. */
  Uni<List<Answer>> sendsAroundAJoin() {
    Hold ada = open("ada");
    Hold bob = open("bob");
    join(bob, "1", "tea", "");
    return Uni.join()
        .all(
            ledger().send(ada, "1", peer("bob"), said(ada, "before"), ANY),
            ledger().join(ada, "2", "tea", "", 10, ROOMS),
            ledger().send(ada, "3", room("tea"), said(ada, "after"), ANY))
        .andFailFast();
  }

  @Test
  void aRepetitionIsAnsweredAndNotDoneAgain() {
    Hold ada = open("ada");
    Hold bob = open("bob");
    send(ada, "1", peer("bob"), "one");
    send(ada, "2", peer("eve"), "nobody");

    assertThat(done(send(ada, "1", peer("bob"), "one"))).isEmpty();
    assertThat(send(ada, "2", peer("eve"), "nobody"))
        .isEqualTo(refused(Reason.UNKNOWN_PEER, "eve"));
    assertThat(inbox(bob)).containsExactly(entry(1, ada, "one"));
  }

  @Test
  void anIdThatDidNotRiseAndIsNotKnownIsRefused() {
    Hold ada = open("ada");
    open("bob");
    send(ada, "5", peer("bob"), "five");

    assertThat(send(ada, "4", peer("bob"), "four")).isEqualTo(refused(Reason.BAD_FIELD, "id"));
  }

  @Test
  void whatCameOfEachIdIsKnownAlsoWhereSomeWereRefusedAndOthersNotUsed() {
    Hold ada = open("ada");
    Hold bob = open("bob");
    for (String id : List.of("1", "2", "3", "6", "7", "10", "11")) {
      send(ada, id, peer(id.equals("3") || id.equals("10") ? "eve" : "bob"), id);
    }

    for (String id : List.of("1", "2", "6", "7", "11")) {
      assertThat(done(send(ada, id, peer("bob"), "again"))).isEmpty();
    }
    for (String id : List.of("3", "10")) {
      assertThat(send(ada, id, peer("eve"), "again"))
          .isEqualTo(refused(Reason.UNKNOWN_PEER, "eve"));
    }
    for (String id : List.of("4", "5", "8", "9")) {
      assertThat(send(ada, id, peer("bob"), "never")).isEqualTo(refused(Reason.BAD_FIELD, "id"));
    }
    assertThat(inbox(bob)).hasSize(5);
    assertThat(done(send(ada, "12", peer("bob"), "12"))).hasSize(1);
  }

  @Test
  void whatCameOfTheLastHundredAndTwentyEightIdsIsKnown() {
    Hold ada = open("ada");
    List<Answer> first = everyOtherDone(ada, 1, 400);

    assertThat(everyOtherDone(ada, 273, 400)).isEqualTo(first.subList(272, 400));
    assertThat(everyOtherDone(ada, 1, 1)).containsExactly(refused(Reason.BAD_FIELD, "id"));
  }

  /** With refusals and gaps, so that as much as can be has to be remembered. */
  private List<Answer> everyOtherDone(Hold hold, int from, int to) {
    return IntStream.rangeClosed(from, to)
        .mapToObj(number -> {
          String id = Integer.toString(2 * number);
          return number % 2 == 0
              ? get(ledger().describe(hold, id, "7"))
              : send(hold, id, peer("nobody"), "x");
        })
        .toList();
  }

  @Test
  void repetitionsAreKnownAfterAReturnToAnotherNode() {
    Hold ada = open("ada");
    Hold bob = open("bob");
    send(ada, "1", peer("bob"), "one");

    Hold again = back(elsewhere(), ada, 0).hold();
    done(get(elsewhere().send(again, "1", peer("bob"), said(again, "one"), ANY)));
    assertThat(inbox(bob)).hasSize(1);
  }

  @Test
  void aReturnFindsWhatCameMeanwhile() {
    Hold ada = open("ada");
    Hold bob = open("bob");
    send(ada, "1", peer("bob"), "one");
    get(ledger().detach(bob, false));
    List<News> news = done(send(ada, "2", peer("bob"), "two"));
    assertThat(news).singleElement().satisfies(it -> assertThat(it.at().node()).isEmpty());

    Returned.Back back = back(elsewhere(), bob, 1);
    assertThat(back.recovered()).isTrue();
    assertThat(back.from()).isEqualTo(1);
    assertThat(back.before()).isEmpty();
    assertThat(read(elsewhere(), back.hold(), 1)).containsExactly(entry(2, ada, "two"));
  }

  @Test
  void aReturnTakesTheSessionFromWhereItWas() {
    Hold bob = open("bob");
    Hold ada = open("ada");

    Returned.Back back = back(elsewhere(), bob, 0);
    assertThat(back.before()).hasValueSatisfying(it -> assertThat(it.node()).isEqualTo(bob.node()));
    assertThat(send(bob, "1", peer("ada"), "late")).isEqualTo(new Answer.Lapsed(Ending.ELSEWHERE));
    get(ledger().detach(bob, false));
    assertThat(inbox(ada)).isEmpty();
    assertThat(get(elsewhere().tails(REALM, List.of(back.hold(), bob))))
        .containsExactly(new Tail.At(0), new Tail.Lapsed(Ending.ELSEWHERE));
  }

  @Test
  void aTicketIsGoodUntilANewerOneWasSeenToArrive() {
    Hold bob = open("bob");
    Hold second = back(ledger(), bob, 0, "ticket", "second").hold();
    Hold third = back(ledger(), bob, 0, "ticket", "third").hold();
    assertThat(third.number()).isGreaterThan(second.number());
    // A late hello with the first gave the third; its client may have got the second alone.
    Hold fourth = back(ledger(), bob, 0, "second", "fourth").hold();

    done(get(ledger().renew(fourth, Optional.empty())));
    for (String old : List.of("ticket", "second", "third")) {
      assertThat(resume(ledger(), bob, 0, old, "fifth")).isEqualTo(new Returned.None());
    }
    assertThat(resume(ledger(), bob, 0, "fourth", "fifth")).isInstanceOf(Returned.Back.class);
  }

  @Test
  void ofTicketsThatWereNotSeenToArriveTheFirstStaysGood() {
    Hold bob = open("bob");
    for (int i = 0; i < 20; i++) {
      back(ledger(), bob, 0, "ticket", "next-" + i);
    }

    assertThat(resume(ledger(), bob, 0, "next-3", "x")).isEqualTo(new Returned.None());
    assertThat(resume(ledger(), bob, 0, "next-19", "x")).isInstanceOf(Returned.Back.class);
    assertThat(resume(ledger(), bob, 0, "ticket", "y")).isInstanceOf(Returned.Back.class);
  }

  @Test
  void aTicketThatIsForgedOrAnotherRealmsGetsNothing() {
    Hold bob = open("bob");

    assertThat(resume(ledger(), bob, 0, "forged", "next")).isEqualTo(new Returned.None());
    assertThat(resume(bob, "other", Optional.empty(), Optional.empty()))
        .isEqualTo(new Returned.None());
    assertThat(resume(bob, REALM, Optional.of("mallory"), Optional.of(OPEN)))
        .isEqualTo(new Returned.None());
  }

  @Test
  void aTicketIsWorthNothingPastItsTokensEndUnlessThereIsAnotherToken() {
    Terms ended = new Terms(Optional.of(Instant.now().minusSeconds(60)), ANY, ANY);
    Hold bob = open("bob", ended, "");

    assertThat(resume(ledger(), bob, 0, "ticket", "next")).isEqualTo(new Returned.None());
    assertThat(resume(bob, REALM, Optional.of("bob"), Optional.of(OPEN)))
        .isInstanceOf(Returned.Back.class);
  }

  @Test
  void aNumberFromTheFutureIsRefused() {
    Hold bob = open("bob");

    assertThat(resume(ledger(), bob, 7, "ticket", "next")).isEqualTo(new Returned.Ahead());
  }

  @Test
  void whatWasAcknowledgedIsNotMissedWhateverIsClaimedLater() {
    Hold ada = open("ada");
    Hold bob = open("bob");
    send(ada, "1", peer("bob"), "one");
    send(ada, "2", peer("bob"), "two");
    get(ledger().acknowledge(REALM, List.of(new Acknowledged(bob, 1))));

    Returned.Back back = back(ledger(), bob, 0);
    assertThat(back.recovered()).isTrue();
    assertThat(back.from()).isEqualTo(1);
  }

  @Test
  void acknowledgingWhatNeverCameDoesNothing() {
    Hold ada = open("ada");
    Hold bob = open("bob");
    send(ada, "1", peer("bob"), "one");

    get(ledger().acknowledge(REALM, List.of(new Acknowledged(bob, 9))));
    assertThat(inbox(bob)).hasSize(1);
  }

  @Test
  void aFullInboxRefusesTheSenderAndTakesAgainWhatIsAcknowledged() {
    bounds.backlog = 2;
    Hold ada = open("ada");
    Hold bob = open("bob");
    send(ada, "1", peer("bob"), "one");
    send(ada, "2", peer("bob"), "two");

    assertThat(send(ada, "3", peer("bob"), "three")).isEqualTo(refused(Reason.BACKLOG, "bob"));
    get(ledger().acknowledge(REALM, List.of(new Acknowledged(bob, 1))));
    done(send(ada, "4", peer("bob"), "three"));
  }

  @Test
  void anInboxIsFullByItsSizeToo() {
    bounds.backlogSize = 1000;
    Hold ada = open("ada");
    Hold bob = open("bob");
    send(ada, "1", peer("bob"), "x".repeat(1000));

    assertThat(send(ada, "2", peer("bob"), "two")).isEqualTo(refused(Reason.BACKLOG, "bob"));
    get(ledger().acknowledge(REALM, List.of(new Acknowledged(bob, 1))));
    done(send(ada, "3", peer("bob"), "two"));
  }

  @Test
  void ofSeveralThoseWithRoomAreSentToAndTheSenderIsToldOfTheOthers() {
    bounds.backlog = 1;
    Hold ada = open("ada");
    Hold tab = open("bob");
    send(ada, "1", peer("bob"), "one");
    Hold phone = open("bob");

    done(send(ada, "2", peer("bob"), "two"));
    assertThat(inbox(phone)).containsExactly(entry(1, ada, "two"));
    assertThat(inbox(ada))
        .containsExactly(new Entry(1, new Event.Unread("bob", tab.session(), List.of("2"))));
  }

  @ParameterizedTest
  @CsvSource({"team-*,*", "*,team-*", "b,*"})
  void whoMayNotTalkIsRefused(String adasPeers, String bobsPeers) {
    Hold ada = open("ada", new Terms(Optional.empty(), ANY, List.of(adasPeers)), "");
    open("bob", new Terms(Optional.empty(), ANY, List.of(bobsPeers)), "");

    assertThat(get(ledger().send(ada, "1", peer("bob"), said(ada, "one"), List.of("x", adasPeers))))
        .isEqualTo(refused(Reason.FORBIDDEN, "bob"));
  }

  @ParameterizedTest
  @CsvSource({"*", "b*", "*b", "b*b", "**b**", "x;b?*b;bob;barb"})
  void whoMayTalkMay(String patterns) {
    List<String> both = List.of(patterns.split(";", -1));
    Hold bob = open("bob");
    open("barb", new Terms(Optional.empty(), ANY, both), "");

    done(get(ledger().send(bob, "1", peer("barb"), said(bob, "one"), both)));
  }

  @Test
  void whatRoomsAreToldIsToldInOrderOfTheirNumbers() {
    Hold ada = open("ada");
    Hold bob = open("bob");
    Member one = new Member(ada.session(), 1, "ada", "{\"n\":\n1}");
    Member two = new Member(bob.session(), 2, "bob", "");

    join(ada, "1", "tea", one.meta());
    join(bob, "1", "tea", "");
    send(bob, "2", room("tea"), "hello");
    done(get(ledger().describe(ada, "2", "{}")));
    done(get(ledger().leave(bob, "3", "tea")));

    assertThat(inbox(ada))
        .containsExactly(
            new Entry(1, new Event.Admitted("1", "tea", List.of())),
            new Entry(2, new Event.MemberJoined("tea", two, Arrival.NEW)),
            entry(3, bob, "hello"),
            new Entry(4, new Event.MemberLeft("tea", two, Leaving.LEFT)));
    assertThat(inbox(bob))
        .containsExactly(
            new Entry(1, new Event.Admitted("1", "tea", List.of(one))),
            new Entry(
                2, new Event.MemberUpdated("tea", new Member(ada.session(), 1, "ada", "{}"))));
    assertThat(get(elsewhere().members(room("tea")))).hasSize(1);
  }

  @Test
  void aJoinThatIsRepeatedIsAnsweredAnewAndToldToNobodyElse() {
    Hold ada = open("ada");
    Hold bob = open("bob");
    join(ada, "1", "tea", "");
    join(bob, "1", "tea", "");

    join(bob, "1", "tea", "");
    assertThat(inbox(bob)).hasSize(2).allMatch(it -> it.event() instanceof Event.Admitted);
    assertThat(inbox(ada)).hasSize(2);
    done(get(ledger().leave(bob, "2", "tea")));
    join(bob, "1", "tea", "");
    assertThat(inbox(bob)).hasSize(2);
    assertThat(get(ledger().members(room("tea")))).hasSize(1);
  }

  @Test
  void aFullRoomAndOneRoomTooManyAreRefused() {
    Hold ada = open("ada");
    IntStream.range(0, ROOMS).forEach(i -> join(ada, Integer.toString(i + 1), "room-" + i, ""));

    assertThat(get(ledger().join(ada, "9", "more", "", 2, ROOMS)))
        .isEqualTo(refused(Reason.TOO_MANY_ROOMS, "more"));
    assertThat(get(ledger().join(open("bob"), "1", "room-0", "", 1, ROOMS)))
        .isEqualTo(refused(Reason.ROOM_FULL, "room-0"));
    assertThat(get(ledger().leave(ada, "10", "more")))
        .isEqualTo(refused(Reason.NOT_IN_ROOM, "more"));
    assertThat(send(ada, "11", room("more"), "x")).isEqualTo(refused(Reason.NOT_IN_ROOM, "more"));
  }

  @Test
  void whoLostItsSocketLeavesItsRoomsAfterATimeAndCanStillBeHadBack() {
    Hold ada = open("ada");
    Hold bob = open("bob");
    join(ada, "1", "tea", "");
    join(bob, "1", "tea", "");

    get(ledger().detach(bob, false));
    assertThat(get(ledger().due())).isEmpty();
    Hold again = back(ledger(), bob, 0).hold();
    bounds.leaveAtOnce();
    get(ledger().detach(again, false));
    assertThat(get(ledger().due()))
        .singleElement()
        .satisfies(it ->
            assertThat(it.event())
                .isEqualTo(
                    new Event.MemberLeft(
                        "tea", new Member(bob.session(), 2, "bob", ""), Leaving.TIMEOUT)));
    assertThat(get(ledger().due())).isEmpty();

    assertThat(resume(ledger(), bob, 0, "next", "last"))
        .isInstanceOfSatisfying(Returned.Back.class, it -> assertThat(it.rooms()).isEmpty());
  }

  @Test
  void sendersOfWhatNobodyReadInTimeAreTold() {
    Hold ada = open("ada");
    Hold bob = open("bob");
    send(ada, "1", peer("bob"), "one");
    get(ledger().acknowledge(REALM, List.of(new Acknowledged(bob, 1))));
    send(ada, "2", peer("bob"), "two");
    send(ada, "3", peer("bob"), "three");

    bounds.forgetAtOnce();
    get(ledger().detach(bob, false));
    get(ledger().due());
    get(ledger().due());

    assertThat(inbox(ada))
        .containsExactly(new Entry(1, new Event.Unread("bob", bob.session(), List.of("2", "3"))));
    assertThat(resume(ledger(), bob, 1, "ticket", "next")).isEqualTo(new Returned.None());
    assertThat(send(ada, "4", peer("bob"), "four")).isEqualTo(refused(Reason.UNKNOWN_PEER, "bob"));
  }

  @Test
  void whoSaysGoodbyeIsGoneAtOnce() {
    Hold ada = open("ada");
    Hold bob = open("bob");
    join(ada, "1", "tea", "");
    join(bob, "1", "tea", "");

    assertThat(done(get(ledger().end(bob)))).hasSize(1);
    assertThat(get(ledger().end(bob))).isEqualTo(new Answer.Lapsed(Ending.GONE));
    assertThat(resume(ledger(), bob, 0, "ticket", "next")).isEqualTo(new Returned.None());
  }

  @Test
  void aPeerHasSoManySessionsAndOneThatLostItsSocketMakesRoom() {
    Hold first = open("ada");
    Hold second = open("ada");
    assertThat(tryToOpen("ada")).isEqualTo(new Opened.Full());

    get(ledger().detach(first, false));
    open("ada");
    assertThat(resume(ledger(), first, 0, "ticket", "next")).isEqualTo(new Returned.None());
    assertThat(get(ledger().tails(REALM, List.of(second)))).containsExactly(new Tail.At(0));
  }

  @Test
  void whoDidNotReadTwiceInAShortTimeCannotComeBack() {
    Hold bob = open("bob");
    get(ledger().detach(bob, true));
    Hold again = back(ledger(), bob, 0).hold();
    get(ledger().detach(again, true));

    assertThat(resume(ledger(), bob, 0, "next", "last")).isEqualTo(new Returned.Barred());
  }

  @Test
  void whoNeverReadsWhatRoomsTellIsGivenUp() {
    bounds.backlog = 2;
    Hold ada = open("ada");
    Hold bob = open("bob");
    join(ada, "1", "tea", "");
    join(bob, "1", "tea", "");
    IntStream.range(2, 20).forEach(i -> get(ledger().describe(bob, Integer.toString(i), "" + i)));

    get(ledger().due());
    assertThat(get(ledger().tails(REALM, List.of(ada))))
        .containsExactly(new Tail.Lapsed(Ending.GONE));
    assertThat(get(ledger().members(room("tea")))).hasSize(1);
  }

  @Test
  void whatIsSentAgainToANewSessionOfItsNameIsNotForTheOldOne() {
    Hold ada = open("ada");
    Hold bob = open("bob");
    done(get(ledger().end(bob)));
    Hold next = open("bob");

    send(ada, "1", peer("bob"), "one");
    assertThat(inbox(next)).hasSize(1);
  }

  Hold open(String name) {
    return open(name, OPEN, "");
  }

  Hold open(String name, Terms terms, String meta) {
    return switch (tryToOpen(ledger(), name, terms, meta)) {
      case Opened.In(Hold hold, var _) -> hold;
      case Opened.Full _ -> throw new AssertionError("full");
    };
  }

  private Opened tryToOpen(String name) {
    return tryToOpen(ledger(), name, OPEN, "");
  }

  Opened tryToOpen(Ledger ledger, String name, Terms terms, String meta) {
    return get(
        ledger.open(
            new Guest(
                new Address(REALM, SCOPE, name),
                SessionId.fresh(),
                meta,
                SHARERS,
                "ticket",
                terms)));
  }

  Returned.Back back(Ledger ledger, Hold hold, long seq) {
    return back(ledger, hold, seq, "ticket", "next");
  }

  private Returned.Back back(Ledger ledger, Hold hold, long seq, String ticket, String next) {
    return switch (resume(ledger, hold, seq, ticket, next)) {
      case Returned.Back back -> back;
      case Returned.None _, Returned.Ahead _, Returned.Barred _ ->
          throw new AssertionError("not back");
    };
  }

  Returned resume(Ledger ledger, Hold hold, long seq, String ticket, String next) {
    return get(
        ledger.resume(
            new Return(
                hold.realm(),
                hold.scope(),
                hold.session(),
                ticket,
                next,
                hold.epoch(),
                seq,
                Optional.empty(),
                Optional.empty())));
  }

  /** With a ticket that is good in its realm. */
  private Returned resume(Hold hold, String realm, Optional<String> name, Optional<Terms> terms) {
    return get(
        ledger()
            .resume(
                new Return(
                    realm,
                    hold.scope(),
                    hold.session(),
                    "ticket",
                    "next",
                    hold.epoch(),
                    0,
                    name,
                    terms)));
  }

  Answer send(Hold hold, String id, Destination to, String what) {
    return get(ledger().send(hold, id, to, said(hold, what), ANY));
  }

  private void join(Hold hold, String id, String room, String meta) {
    done(get(ledger().join(hold, id, room, meta, 10, ROOMS)));
  }

  static Event said(Hold by, String what) {
    return new Event.Received(by.name(), by.session(), Signal.DATA, Payload.of(what));
  }

  static Address peer(String name) {
    return new Address(REALM, SCOPE, name);
  }

  private static RoomId room(String name) {
    return new RoomId(REALM, SCOPE, name);
  }

  private static Answer refused(Reason reason, String subject) {
    return new Answer.Refused(new Refusal(reason, subject));
  }

  static List<News> done(Answer answer) {
    return switch (answer) {
      case Answer.Done(List<News> news) -> news;
      case Answer.Refused _, Answer.Lapsed _ -> throw new AssertionError(answer.toString());
    };
  }

  /** As text: payloads are equal if their characters are. */
  private static Entry entry(long number, Hold by, String what) {
    return plain(new Entry(number, said(by, what)));
  }

  List<Entry> inbox(Hold hold) {
    return read(ledger(), hold, 0);
  }

  private static List<Entry> read(Ledger ledger, Hold hold, long after) {
    return switch (get(ledger.read(hold, after))) {
      case Reading.Entries(List<Entry> entries) ->
          entries.stream().map(LedgerContract::plain).toList();
      case Reading.Lapsed(Ending ending) -> throw new AssertionError(ending.toString());
    };
  }

  private static Entry plain(Entry entry) {
    return entry.event()
            instanceof Event.Received(String from, SessionId session, var _, Payload payload)
        ? new Entry(
            entry.number(),
            new Event.HungUp(
                from
                    + ' '
                    + session
                    + ' '
                    + payload.frame().substring(payload.start(), payload.end())))
        : entry;
  }

  static <T> T get(Uni<T> uni) {
    return uni.await().atMost(PATIENCE);
  }
}
