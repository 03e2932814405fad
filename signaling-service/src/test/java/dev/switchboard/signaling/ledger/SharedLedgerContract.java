package dev.switchboard.signaling.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.switchboard.bus.Change;
import dev.switchboard.bus.ChangeId;
import dev.switchboard.bus.ChangeLog;
import dev.switchboard.bus.Patience;
import dev.switchboard.bus.RedisGoneException;
import dev.switchboard.bus.Snapshot;
import dev.switchboard.identity.Realm;
import dev.switchboard.signaling.SharedRedis;
import dev.switchboard.signaling.ledger.Ledger.Answer;
import dev.switchboard.signaling.ledger.Ledger.Opened;
import dev.switchboard.signaling.ledger.Ledger.Returned;
import dev.switchboard.signaling.protocol.SessionId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the ledger does when it is shared by nodes, some of which die, and Redis forgets. */
abstract class SharedLedgerContract extends LedgerContract {

  private String here = "";

  @SuppressWarnings("NullAway.Init") // set before each test
  private Ledger ledger;

  @SuppressWarnings("NullAway.Init") // set before each test
  private Ledger elsewhere;

  abstract SharedRedis redis();

  @BeforeEach
  void twoNodesAreNewAndRedisIsEmpty() {
    redis().flush();
    here = SessionId.fresh().value();
    ledger = node(here);
    elsewhere = node(SessionId.fresh().value());
  }

  private Ledger node(String id) {
    return new RedisLedger(id, redis().client(), SharedRedis.PATIENCE, bounds, new Changes());
  }

  @Override
  Ledger ledger() {
    return ledger;
  }

  @Override
  Ledger elsewhere() {
    return elsewhere;
  }

  @Test
  void whatAnEventLoopSendsAfterAJoinIsNotSentWithWhatItSentBefore() {
    Uni<List<Answer>> inOneTurn =
        sendsAroundAJoin().runSubscriptionOn(turn -> redis().vertx().runOnContext(turn));

    assertThat(get(inOneTurn)).allSatisfy(answer -> assertThat(done(answer)).isNotEmpty());
  }

  @Test
  void sessionsOfADeadNodeLeaveTheirRoomsAndCanBeHadBackElsewhere() {
    Hold ada = elsewhereOpen("ada");
    Hold bob = open("bob");
    done(get(elsewhere.join(ada, "1", "tea", "", 10, 10)));
    done(get(ledger.join(bob, "1", "tea", "", 10, 10)));
    bounds.leaveAfter = Duration.ofMinutes(1);

    get(elsewhere.sweep(here, Duration.ofMinutes(2)));
    assertThat(get(elsewhere.due())).hasSize(1);
    assertThat(get(elsewhere.sweep(here, Duration.ofMinutes(2)))).isEmpty();
    assertThat(send(bob, "2", peer("ada"), "late")).isEqualTo(new Answer.Lapsed(Ending.DETACHED));

    assertThat(back(elsewhere, bob, 0).recovered()).isTrue();
  }

  @Test
  void aNodeThatWasSweptIntroducesItselfAgain() {
    open("ada");
    get(elsewhere.sweep(here, Duration.ZERO));

    open("ada");
  }

  @Test
  void aRedisThatForgotEverythingHasAnotherEpochAndVoidsEveryHold() {
    Hold ada = open("ada");
    redis().flush();

    assertThat(send(ada, "1", peer("ada"), "x")).isEqualTo(new Answer.Lapsed(Ending.GONE));
    assertThat(open("ada").epoch()).isNotEqualTo(ada.epoch());
  }

  @Test
  void aRedisThatForgotTheLastStepsHasAnotherEpochAndRecoversNobody() {
    Hold ada = open("ada");
    Hold bob = open("bob");
    send(ada, "1", peer("bob"), "one");
    // As after a restart with data that are a little old.
    set(LedgerKeys.ledger(REALM), "version", "1");

    assertThat(send(ada, "2", peer("bob"), "two")).isEqualTo(new Answer.Lapsed(Ending.GONE));
    Returned.Back back = back(elsewhere, bob, 0);
    assertThat(back.recovered()).isFalse();
    assertThat(back.hold().epoch()).isNotEqualTo(bob.epoch());
  }

  @Test
  void whatFailsDoesNotKeepOthersThatAreSentTogetherWithItFromTheirReceivers() {
    Hold ada = open("ada");
    Hold bob = open("bob");
    Hold eve = open("eve");
    set("switchboard:{" + REALM + "}:inbox:" + eve.session(), "not", "a stream");

    List<Uni<Answer>> together =
        List.of(
            ledger.send(ada, "1", peer("bob"), said(ada, "one"), ANY),
            ledger.send(bob, "1", peer("eve"), said(bob, "lost"), ANY),
            ledger.send(ada, "2", peer("bob"), said(ada, "two"), ANY));
    List<Optional<Answer>> answers =
        get(
            Uni.join()
                .all(
                    together.stream()
                        .map(it ->
                            it.map(Optional::of).onFailure().recoverWithItem(Optional.empty()))
                        .toList())
                .andFailFast());

    assertThat(answers.get(1)).isEmpty();
    assertThat(answers.get(0)).isPresent();
    assertThat(answers.get(2)).isPresent();
    assertThat(inbox(bob)).hasSize(2);
  }

  @Test
  void aKeyThatHoldsSomethingElseIsRefusedAndNothingWasDone() {
    Hold ada = open("ada");
    Hold bob = open("bob");
    set("switchboard:{" + REALM + "}:inbox:" + bob.session(), "not", "a stream");

    assertThatThrownBy(() -> send(ada, "1", peer("bob"), "x"))
        .isInstanceOfSatisfying(
            RedisGoneException.class, gone -> assertThat(gone.isNotDone()).isTrue());
    open("eve");
    done(send(ada, "2", peer("eve"), "x"));
  }

  @Test
  void whoReadsTheStateAndThenTheChangesLeavesNothingOut() {
    Hold ada = open("ada");
    done(get(ledger.join(ada, "1", "tea", "7", 10, 10)));
    Hold gone = open("gone");
    bounds.leaveAfter = Duration.ZERO;
    get(ledger.detach(gone, false));
    get(ledger.due());

    Snapshot snapshot = get(log().snapshot(new Realm(REALM)));
    assertThat(snapshot.sessions())
        .singleElement()
        .satisfies(it -> {
          assertThat(it.peer()).isEqualTo("ada");
          assertThat(it.scope()).isEqualTo(SCOPE);
          assertThat(it.rooms()).containsExactly(Map.entry("tea", "7"));
        });

    back(elsewhere, gone, 0);
    assertThat(get(log().after(new Realm(REALM), snapshot.id())))
        .isInstanceOfSatisfying(
            ChangeLog.Reading.Changes.class,
            read ->
                assertThat(read.changes())
                    .extracting(Change::kind, Change::peer)
                    .containsExactly(tuple(Change.Kind.BACK, "gone")));
    assertThat(get(log().snapshot(new Realm(REALM))).sessions()).hasSize(2);
  }

  @Test
  void whoWasAwayWasLastSeenWhenItLostItsSocket() {
    Hold ada = open("ada");
    bounds.leaveAfter = Duration.ZERO;
    get(ledger.detach(ada, false));
    Instant detached = Instant.now();
    get(ledger.due());

    assertThat(get(log().lastSeen(new Realm(REALM), List.of("ada", "nobody"))))
        .containsOnlyKeys("ada")
        .satisfies(seen -> assertThat(seen.get("ada")).isBeforeOrEqualTo(detached));
  }

  @Override
  List<String> announced() {
    ChangeId all = new ChangeId(Long.MAX_VALUE / 10, 0, 0);
    return get(log().upTo(new Realm(REALM), all)).stream()
        .map(change ->
            switch (change.kind()) {
              case OPEN, BACK -> "+" + change.peer();
              case DESCRIBE -> change.peer() + "=" + change.more();
              case JOIN, UPDATE -> change.peer() + "@" + change.room();
              case LEAVE -> change.peer() + "!" + change.room();
              case AWAY, GONE -> "-" + change.peer();
              case BEGIN, STATUS -> change.kind().toString();
            })
        .toList();
  }

  private ChangeLog log() {
    return new ChangeLog(redis().client(), new Patience(SharedRedis.PATIENCE), new Changes());
  }

  private Hold elsewhereOpen(String name) {
    return ((Opened.In) tryToOpen(elsewhere, name, OPEN, "")).hold();
  }

  private void set(String key, String field, String value) {
    get(redis().client().send(Request.cmd(Command.HSET).arg(key).arg(field).arg(value)));
  }
}
