package dev.switchboard.client.history;

import static dev.switchboard.client.history.Forged.judged;
import static dev.switchboard.client.history.Forged.peer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.client.history.Finding.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who is seen in rooms, and seen leaving: what must be found, and what must not. */
class DeparturesTest {

  private static List<Kind> kinds(Forged... histories) {
    return judged(histories).findings().stream().map(Finding::kind).toList();
  }

  /** One who is in the room until the end of a minute and knows of bob from the start. */
  private static Forged watcher() {
    return peer("ada", "a1").joins(1, "tea").seesJoin(2, "tea", "b1");
  }

  private static Forged bob() {
    return peer("bob", "b1").joins(1.5, "tea", "a1");
  }

  /** Somebody who makes the run as long as it has to be. */
  private static Forged clock() {
    return peer("eve", "e1").ends(60);
  }

  @Test
  void whoDiedIsSeenLeavingInTime() {
    assertThat(kinds(watcher(), bob().lost(10), clock())).containsExactly(Kind.GHOST);
    assertThat(kinds(watcher(), bob().ends(10), clock())).containsExactly(Kind.GHOST);
    assertThat(kinds(watcher(), bob().lost(10).begunAgain(11, "b2"), clock()))
        .containsExactly(Kind.GHOST);
    assertThat(kinds(watcher().seesLeave(26, "tea", "b1"), bob().lost(10), clock()))
        .containsExactly(Kind.GHOST);
    assertThat(kinds(watcher().seesLeave(24, "tea", "b1"), bob().lost(10), clock())).isEmpty();
  }

  @Test
  void whoIsSeenJoiningLongAfterItDiedIsAGhostUnlessSeenLeavingToo() {
    Forged late = watcher().seesLeave(18, "tea", "b1").seesJoin(30, "tea", "b1");
    assertThat(kinds(late, bob().lost(10), clock())).containsExactly(Kind.GHOST);
    assertThat(kinds(late.seesLeave(31, "tea", "b1"), bob().lost(10), clock())).isEmpty();
  }

  @Test
  void anEarlierDepartureIsNotTheLastOne() {
    Forged bob = bob().lost(5).resumed(20, "b1").joins(21, "tea", "a1").lost(30);
    assertThat(
            kinds(watcher().seesLeave(14, "tea", "b1").seesJoin(21.2, "tea", "b1"), bob, clock()))
        .containsExactly(Kind.GHOST);
    assertThat(
            kinds(
                watcher()
                    .seesLeave(14, "tea", "b1")
                    .seesJoin(21.2, "tea", "b1")
                    .seesLeave(40, "tea", "b1"),
                bob,
                clock()))
        .isEmpty();
  }

  @Test
  void whoWasAwayIsToldAfterComingBack() {
    assertThat(
            kinds(
                watcher().lost(9).resumed(14, "a1", "tea"),
                bob().lost(10),
                peer("e", "e1").ends(28)))
        .isEmpty();
    assertThat(kinds(watcher().lost(9).resumed(14, "a1", "tea"), bob().lost(10), clock()))
        .containsExactly(Kind.GHOST);
    assertThat(kinds(watcher().lost(9), bob().lost(10).ends(59), clock())).isEmpty();
  }

  @Test
  void whoLeftBeforeNeedsNotBeTold() {
    assertThat(kinds(watcher().leaves(8, "tea"), bob().lost(10), clock())).isEmpty();
    assertThat(
            kinds(
                watcher().seesLeave(8, "tea", "b1", "left"),
                bob().leaves(7, "tea").lost(10),
                clock()))
        .isEmpty();
  }

  @Test
  void whoWentLongAgoIsNotListed() {
    Forged bob = bob().ends(10);
    assertThat(kinds(peer("ada", "a1").joins(26, "tea", "b1"), bob)).containsExactly(Kind.GHOST);
    assertThat(kinds(peer("ada", "a1").joins(20, "tea", "b1"), bob)).isEmpty();
  }

  @Test
  void whoSaidThatItLeavesIsNotListedAfterwards() {
    Forged late = peer("ada", "a1").joins(10, "tea", "b1");
    assertThat(kinds(late, bob().leaves(9, "tea"))).containsExactly(Kind.GHOST);
    assertThat(kinds(late, bob().leaves(9.8, "tea"))).isEmpty();
    assertThat(kinds(late, bob().leaves(8, "tea").joins(9.6, "tea"))).isEmpty();
  }

  @Test
  void oneGoesOnce() {
    Forged bob = bob().lost(10);
    assertThat(kinds(watcher().seesLeave(18, "tea", "b1").seesLeave(19, "tea", "b1"), bob, clock()))
        .containsExactly(Kind.LEFT_TWICE);
    assertThat(
            kinds(
                watcher().seesLeave(18, "tea", "b1").seesLeave(18, "milk", "b1"),
                peer("bob", "b1").joins(1.5, "tea").joins(1.6, "milk").lost(10),
                clock()))
        .isEmpty();
    assertThat(
            kinds(
                watcher()
                    .seesLeave(18, "tea", "b1")
                    .seesJoin(20, "tea", "b1")
                    .seesLeave(39, "tea", "b1"),
                bob().lost(10).resumed(19, "b1").joins(19.5, "tea").lost(30),
                clock()))
        .isEmpty();
  }

  @Test
  void whoIsThereOrSoonBackIsNotSeenLeaving() {
    Forged watcher = watcher().seesLeave(18, "tea", "b1");
    assertThat(kinds(watcher, bob())).containsExactly(Kind.SEEN_LEAVING);
    assertThat(kinds(watcher, bob().lost(16).resumed(18.5, "b1", "tea")))
        .containsExactly(Kind.SEEN_LEAVING);
    assertThat(kinds(watcher, bob().lost(9).resumed(19, "b1"))).isEmpty();
    assertThat(kinds(watcher, bob().leaves(17, "tea"))).containsExactly(Kind.SEEN_LEAVING);
    assertThat(kinds(watcher().seesLeave(18, "tea", "b1", "left"), bob().leavesAndJoins(17, "tea")))
        .isEmpty();
    assertThat(kinds(watcher().seesLeave(18, "tea", "b1", "left"), bob()))
        .containsExactly(Kind.SEEN_LEAVING);
    assertThat(kinds(watcher, bob().ends(17))).isEmpty();
    assertThat(kinds(watcher, bob().lost(17).begunAgain(17.5, "b2"))).isEmpty();
  }

  @Test
  void strangersAreNotJudged() {
    assertThat(kinds(peer("ada", "a1").joins(1, "tea", "x1").seesLeave(2, "tea", "x1"), clock()))
        .isEmpty();
  }
}
