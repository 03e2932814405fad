package dev.switchboard.client.history;

import static dev.switchboard.client.history.Forged.judged;
import static dev.switchboard.client.history.Forged.peer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.client.Target;
import dev.switchboard.client.history.Entry.Outcome;
import dev.switchboard.client.history.Finding.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** For each kind of finding a history that shows it, and one that only looks like it. */
class CheckerTest {

  private static final Target BOB = new Target.Peer("bob");
  private static final Target BOBS_SESSION = new Target.Session("b1");
  private static final Target TEA = new Target.Room("tea");

  private static List<Kind> kinds(Forged... histories) {
    return judged(histories).findings().stream().map(Finding::kind).toList();
  }

  @Test
  void whatWasAcknowledgedAndNeverCameIsLost() {
    assertThat(kinds(peer("ada", "a1").sends(1, BOB, 1), peer("bob", "b1")))
        .containsExactly(Kind.LOST);
    assertThat(kinds(peer("ada", "a1").sends(1, BOBS_SESSION, 1), peer("bob", "b1")))
        .containsExactly(Kind.LOST);
  }

  @Test
  void whatCameOrWasNotAcknowledgedIsNotLost() {
    assertThat(
            kinds(
                peer("ada", "a1")
                    .sends(1, BOB, 1)
                    .sends(3, BOB, 3, Outcome.REFUSED)
                    .sends(4, BOB, 4, Outcome.UNKNOWN),
                peer("bob", "b1").gets(2, "ada", "a1", 1)))
        .isEmpty();
  }

  @Test
  void aReceiverThatWasAwayIsOwedWhatWasSent() {
    Forged ada = peer("ada", "a1").sends(10, BOBS_SESSION, 1);
    assertThat(kinds(ada, peer("bob", "b1").lost(5).resumed(40, "b1")))
        .containsExactly(Kind.LOST, Kind.FALSELY_RECOVERED);
    assertThat(kinds(ada, peer("bob", "b1").lost(5).resumed(40, "b1").gets(41, "ada", "a1", 1)))
        .isEmpty();
  }

  @Test
  void aSessionThatWasNotResumedThoughItCouldHaveBeenHasLostWhatItWasOwed() {
    Forged ada = peer("ada", "a1").sends(10, BOBS_SESSION, 1);
    assertThat(kinds(ada, peer("bob", "b1").lost(5).begunAgain(12, "b2")))
        .containsExactly(Kind.LOST);
  }

  @Test
  void whereBothEndsWereToldOfALossNothingIsLostInSilence() {
    Forged ada = peer("ada", "a1").sends(10, BOBS_SESSION, 1);
    Forged bob = peer("bob", "b1").lost(12).begunAgain(13, "b2");
    assertThat(kinds(ada.lost(12).begunAgain(13, "a2"), bob)).isEmpty();
  }

  @Test
  void oneEndThatWasToldBeforeDoesNotCount() {
    Forged ada = peer("ada", "a1").lost(2).begunAgain(3, "a2").sends(10, BOBS_SESSION, 1);
    assertThat(kinds(ada, peer("bob", "b1").lost(12).begunAgain(13, "b2"))).contains(Kind.LOST);
  }

  @Test
  void whoWentByItsOwnWillIsOwedNothing() {
    assertThat(kinds(peer("ada", "a1").sends(1, BOB, 1), peer("bob", "b1").ends(2))).isEmpty();
  }

  @Test
  void whoCameAfterItWasSentIsOwedNothing() {
    Forged late = peer("bob", "b1").begunAgain(20, "b2");
    assertThat(kinds(peer("ada", "a1").sends(1, BOB, 1), late.gets(21, "ada", "a1", 1)))
        .containsExactly(Kind.LOST);
    assertThat(
            kinds(
                peer("ada", "a1").sends(1, new Target.Session("b2"), 1),
                peer("bob", "b1").begunAgain(20, "b2")))
        .isEmpty();
  }

  @Test
  void aRoomIsAllOthersThatAreInIt() {
    Forged ada = peer("ada", "a1").joins(1, "tea").sends(10, TEA, 1);
    assertThat(kinds(ada, peer("bob", "b1").joins(2, "tea", "a1"))).containsExactly(Kind.LOST);
    assertThat(kinds(ada, peer("bob", "b1").joins(2, "tea", "a1").leaves(9, "tea"))).isEmpty();
    assertThat(kinds(ada, peer("bob", "b1").joins(9.8, "tea", "a1"))).isEmpty();
    assertThat(
            kinds(
                ada, peer("bob", "b1").joins(2, "tea", "a1").getsInRoom(10, "tea", "ada", "a1", 1)))
        .isEmpty();
  }

  @Test
  void whoWasTakenOutOfARoomWhileAwayIsNotOwedWhatWasSaidThere() {
    Forged ada = peer("ada", "a1").joins(1, "tea").sends(20, TEA, 1);
    assertThat(kinds(ada, peer("bob", "b1").joins(2, "tea", "a1").lost(5).resumed(30, "b1")))
        .isEmpty();
    assertThat(
            kinds(ada, peer("bob", "b1").joins(2, "tea", "a1").lost(19).resumed(22, "b1", "tea")))
        .contains(Kind.LOST);
  }

  @Test
  void aLivingSenderIsToldWhenTheWindowEnds() {
    Forged bob = peer("bob", "b1").lost(5).begunAgain(90, "b2");
    assertThat(kinds(peer("ada", "a1").sends(10, BOBS_SESSION, 1).misses(100), bob))
        .containsExactly(Kind.GAP, Kind.NOT_TOLD);
    assertThat(
            kinds(
                peer("ada", "a1").sends(10, BOBS_SESSION, 1).undelivered(66, "b1", 1).misses(100),
                bob))
        .containsExactly(Kind.GAP);
  }

  @Test
  void whatIsSaidNotToHaveArrivedCouldNot() {
    Forged told = peer("ada", "a1").sends(10, BOB, 1).undelivered(20, "bob", "b1", 1);
    assertThat(kinds(told, peer("bob", "b1"))).containsExactly(Kind.FALSELY_UNDELIVERED);
    assertThat(kinds(told, peer("bob", "b1").gets(11, "ada", "a1", 1)))
        .containsExactly(Kind.FALSELY_UNDELIVERED);
    assertThat(kinds(told, peer("bob", "b1").lost(5).resumed(40, "b1")))
        .containsExactly(Kind.FALSELY_UNDELIVERED);
    assertThat(kinds(told, peer("bob", "b1").lost(5).begunAgain(90, "b2"))).isEmpty();
    assertThat(kinds(told, peer("bob", "b1").gets(11, "ada", "a1", 1).ends(12))).isEmpty();
  }

  @Test
  void whatDidNotArriveAtOneSessionIsOwedToTheOther() {
    Forged bobs = peer("bob", "b1").lost(5).begunAgain(9, "b2");
    Forged told = peer("ada", "a1").sends(10, BOB, 1).undelivered(66, "bob", "b1", 1);
    assertThat(kinds(told, bobs)).containsExactly(Kind.LOST);
    assertThat(kinds(told, bobs.gets(11, "ada", "a1", 1))).isEmpty();
  }

  @Test
  void whatIsRefusedDoesNotCome() {
    Forged bob = peer("bob", "b1").gets(2, "ada", "a1", 1);
    assertThat(kinds(peer("ada", "a1").sends(1, BOB, 1, Outcome.REFUSED), bob))
        .containsExactly(Kind.FALSELY_REFUSED);
    assertThat(kinds(peer("ada", "a1").sends(1, BOB, 1, Outcome.UNKNOWN), bob)).isEmpty();
  }

  @Test
  void aSenderThatIsGoneCannotBeTold() {
    assertThat(
            kinds(
                peer("ada", "a1").sends(10, BOBS_SESSION, 1).ends(20),
                peer("bob", "b1").lost(5).begunAgain(90, "b2")))
        .isEmpty();
  }

  @Test
  void oneStampTwiceAtOneSessionIsTwice() {
    Forged ada = peer("ada", "a1").sends(1, BOB, 1);
    assertThat(kinds(ada, peer("bob", "b1").gets(1, "ada", "a1", 1).gets(2, "ada", "a1", 1)))
        .containsExactly(Kind.TWICE);
  }

  @Test
  void oneStampAtTwoSessionsOfAPeerIsOnceEach() {
    Forged ada = peer("ada", "a1").sends(1, BOB, 1);
    assertThat(
            kinds(
                ada,
                peer("bob", "b1").gets(1, "ada", "a1", 1),
                peer("bob", "b2").gets(1, "ada", "a1", 1)))
        .isEmpty();
  }

  @Test
  void whatWasSentLaterDoesNotComeSooner() {
    Forged ada = peer("ada", "a1").sends(1, BOB, 1).sends(2, BOBS_SESSION, 2);
    assertThat(kinds(ada, peer("bob", "b1").gets(3, "ada", "a1", 2).gets(4, "ada", "a1", 1)))
        .containsExactly(Kind.OUT_OF_ORDER);
    assertThat(kinds(ada, peer("bob", "b1").gets(3, "ada", "a1", 1).gets(4, "ada", "a1", 2)))
        .isEmpty();
  }

  @Test
  void twoSendersAreNotOrdered() {
    assertThat(
            kinds(
                peer("ada", "a1").sends(1, BOB, 1),
                peer("eve", "e1").sends(2, BOB, 2),
                peer("bob", "b1").gets(3, "eve", "e1", 2).gets(4, "ada", "a1", 1)))
        .isEmpty();
  }

  @Test
  void whatIsForOneComesToNoOther() {
    Forged ada = peer("ada", "a1").joins(0.1, "tea").sends(1, TEA, 3).ends(60);
    assertThat(
            kinds(
                peer("ada", "a1").sends(1, BOB, 1, Outcome.UNKNOWN),
                peer("eve", "e1").gets(2, "ada", "a1", 1)))
        .containsExactly(Kind.WRONG_RECEIVER);
    assertThat(
            kinds(
                peer("ada", "a1").sends(1, BOBS_SESSION, 1, Outcome.UNKNOWN),
                peer("bob", "b2").gets(2, "ada", "a1", 1)))
        .containsExactly(Kind.WRONG_RECEIVER);
    assertThat(kinds(ada, peer("eve", "e1").getsInRoom(2, "tea", "ada", "a1", 3)))
        .containsExactly(Kind.WRONG_RECEIVER);
    assertThat(
            kinds(
                ada,
                peer("eve", "e1")
                    .joins(0.1, "tea")
                    .leaves(0.2, "tea")
                    .getsInRoom(2, "tea", "ada", "a1", 3)))
        .containsExactly(Kind.WRONG_RECEIVER);
    assertThat(
            kinds(
                ada,
                peer("eve", "e1")
                    .joins(0.1, "tea")
                    .leaves(0.7, "tea")
                    .getsInRoom(2, "tea", "ada", "a1", 3)))
        .isEmpty();
    assertThat(
            kinds(
                peer("ada", "a1")
                    .joins(0.1, "tea")
                    .sends(1, TEA, 3)
                    .getsInRoom(2, "tea", "ada", "a1", 3)))
        .containsExactly(Kind.WRONG_RECEIVER);
  }

  @Test
  void whoLeavesAndJoinsAtOnceIsInTheRoom() {
    Forged ada = peer("ada", "a1").joins(1, "tea").sends(10, TEA, 1);
    Forged bob = peer("bob", "b1").joins(2, "tea", "a1").leavesAndJoins(5, "tea", "a1");
    assertThat(kinds(ada, bob)).containsExactly(Kind.LOST);
    assertThat(kinds(ada, bob.getsInRoom(11, "tea", "ada", "a1", 1))).isEmpty();
    assertThat(kinds(peer("eve", "e1").joins(12, "tea", "b1"), bob.sends(13, BOB, 1)))
        .containsExactly(Kind.ALTERED, Kind.LOST);
  }

  @Test
  void dataAndSenderAreWhatTheyWere() {
    Forged ada = peer("ada", "a1").sends(1, BOB, 1);
    Optional<String> none = Optional.empty();
    assertThat(
            kinds(
                ada,
                peer("bob", "b1")
                    .gets(2, none, "ada", "a1", "{\"stamp\":\"ada-1\",\"body\":\"x\"}")))
        .containsExactly(Kind.ALTERED); // a space is missing
    assertThat(kinds(ada, peer("bob", "b1").gets(2, none, "eve", "e1", Stamp.on("ada-1", "x"))))
        .containsExactly(Kind.ALTERED);
    assertThat(kinds(ada, peer("bob", "b1").gets(2, none, "ada", "a9", Stamp.on("ada-1", "x"))))
        .containsExactly(Kind.ALTERED);
    assertThat(
            kinds(ada, peer("bob", "b1").gets(2, "ada", "a1", 1).gets(3, none, "ada", "a1", "[1]")))
        .containsExactly(Kind.ALTERED);
    assertThat(
            kinds(
                ada,
                peer("bob", "b1")
                    .gets(2, "ada", "a1", 1)
                    .gets(3, none, "ada", "a1", Stamp.on("ada-7", "x"))))
        .containsExactly(Kind.ALTERED);
  }

  @Test
  void aReturnThatSaysAllIsThereIsBelieved() {
    // Lost after the return: a stream that begins anew under an old session.
    assertThat(
            kinds(
                peer("ada", "a1").sends(10, BOBS_SESSION, 1),
                peer("bob", "b1").lost(5).resumed(6, "b1")))
        .containsExactly(Kind.LOST, Kind.FALSELY_RECOVERED);
    // And the sender's side.
    assertThat(
            kinds(
                peer("ada", "a1").sends(10, BOBS_SESSION, 1).lost(11).resumed(12, "a1"),
                peer("bob", "b1")))
        .containsExactly(Kind.LOST, Kind.FALSELY_RECOVERED);
  }

  @Test
  void missingNumbersAndMissingHistoryAreTold() {
    assertThat(kinds(peer("ada", "a1").misses(1))).containsExactly(Kind.GAP);
    assertThat(
            Checker.check(List.of(new History("ada", List.of(), false)), Bounds.defaults())
                .count(Kind.INCOMPLETE))
        .isEqualTo(1);
  }

  @Test
  void figuresCountWhatWasSeen() {
    Figures figures =
        judged(
                peer("ada", "a1")
                    .sends(1, BOB, 1)
                    .sends(2, BOB, 2, Outcome.REFUSED)
                    .sends(3, BOB, 3, Outcome.UNKNOWN)
                    .lost(4)
                    .resumed(7, "a1")
                    .lost(10)
                    .begunAgain(11, "a2"),
                peer("bob", "b1").gets(2, "ada", "a1", 1).gets(3, "ada", "a1", 2))
            .figures();
    assertThat(figures).isEqualTo(new Figures(2, 3, 1, 1, 1, 0, 2, 1, 1, 1, Duration.ofSeconds(3)));
  }
}
