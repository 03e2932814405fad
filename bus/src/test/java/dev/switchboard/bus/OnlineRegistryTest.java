package dev.switchboard.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.switchboard.identity.Realm;
import dev.switchboard.testing.RealRedis;
import dev.switchboard.testing.RedisTestResource;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(RedisTestResource.class)
@SuppressWarnings("NullAway.Init") // the test's fields are set before each test
class OnlineRegistryTest {

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final Patience PATIENCE = new Patience(SOON);
  private static final Patience HASTE = new Patience(Duration.ofSeconds(1));
  private static final Realm REALM = new Realm("acme");
  private static final Instant EARLY = Instant.parse("2026-01-01T10:00:00Z");
  private static final Instant LATE = Instant.parse("2026-01-01T11:00:00Z");
  private static final OnlineSession ADA = OnlineSession.of("call", "ada", "s1", EARLY);
  private static final OnlineSession BOB = OnlineSession.of("call", "bob", "s2", LATE);

  private final ReactiveRedisDataSource redis;

  private ChangeLog log;
  private OnlineRegistry one;
  private OnlineRegistry two;

  RealRedis server;

  @Inject
  OnlineRegistryTest(ReactiveRedisDataSource redis) {
    this.redis = redis;
  }

  private OnlineRegistry node(String id, Duration lease) {
    return node(id, lease, PATIENCE);
  }

  private OnlineRegistry node(String id, Duration lease, Patience patience) {
    return new OnlineRegistry(redis.getRedis(), patience, new Changes(1000), id, lease);
  }

  @BeforeEach
  void redisIsEmptyAndTwoNodesAreNew() {
    log = new ChangeLog(redis.getRedis(), PATIENCE, new Changes(1000));
    one = node("one", LONG);
    two = node("two", LONG);
    await().atMost(SOON).ignoreExceptions().untilAsserted(() -> done(redis.flushall()));
  }

  @Test
  void whoEntersIsOnlineAndWhoLeavesIsNot() {
    enter(one, ADA);
    assertThat(everyone()).containsExactly(ADA);

    leave(one, ADA);
    assertThat(everyone()).isEmpty();
    assertThat(told()).containsExactly("OPEN ada", "GONE ada left");
  }

  @Test
  void whoIsToldTwiceToBeGoneIsGoneOnce() {
    enter(one, ADA);
    leave(one, ADA);
    leave(one, ADA);
    assertThat(told()).containsExactly("OPEN ada", "GONE ada left");
  }

  @Test
  void twoNodesHaveTheirOwnPeersAndOnePeerMayBeAtBoth() {
    OnlineSession elsewhere = OnlineSession.of("rooms", "ada", "s9", LATE);
    enter(one, ADA);
    enter(two, BOB);
    enter(two, elsewhere);
    assertThat(everyone()).containsExactlyInAnyOrder(ADA, BOB, elsewhere);

    leave(two, elsewhere);
    assertThat(everyone()).containsExactlyInAnyOrder(ADA, BOB);
  }

  @Test
  void realmsSeeNothingOfEachOther() {
    enter(one, ADA);
    assertThat(done(log.snapshot(new Realm("other"))).sessions()).isEmpty();
  }

  @Test
  void aSessionIsReadWithItsRoomsAndWhatItsClientSays() {
    OnlineSession ada =
        new OnlineSession(
            "v1", "ada", "s1", EARLY, "{\"a\":[1e3,\"\\n\"]}", Map.of("tea", "7", "a/b", ""));
    enter(one, ada);
    assertThat(everyone()).containsExactly(ada);
  }

  @Test
  void aPodThatDiesTakesItsPeersAlongOnceSomebodyLooks() {
    OnlineSession inRoom = new OnlineSession("call", "ada", "s1", EARLY, "", Map.of("tea", ""));
    enter(node("mortal", Duration.ofMillis(300)), inRoom);
    enter(two, BOB);
    await()
        .atMost(SOON)
        .untilAsserted(() -> {
          done(two.renew(REALM, () -> List.of(BOB)));
          assertThat(everyone()).containsExactly(BOB);
        });
    done(log.sweep(REALM));
    assertThat(told())
        .containsExactly("OPEN ada", "OPEN bob", "LEAVE ada node-lost", "GONE ada node-lost");
    assertThat(done(log.lastSeen(REALM, List.of("ada", "bob")))).containsOnlyKeys("ada");
  }

  @Test
  void whenTheLastNodeDiesWhoFollowsTheRealmTakesItsPeersOut() {
    enter(node("mortal", Duration.ofMillis(300)), ADA);
    await()
        .atMost(SOON)
        .untilAsserted(() -> {
          done(log.sweep(REALM));
          assertThat(everyone()).isEmpty();
        });
    assertThat(told()).containsExactly("OPEN ada", "GONE ada node-lost");
  }

  @Test
  void aNodeThatRenewsKeepsItsPeersPastItsLease() {
    OnlineRegistry living = node("living", Duration.ofMillis(1500));
    enter(living, ADA);
    await()
        .pollInterval(Duration.ofMillis(100))
        .during(Duration.ofSeconds(3))
        .atMost(SOON)
        .untilAsserted(() -> {
          done(living.renew(REALM, () -> List.of(ADA)));
          done(log.sweep(REALM));
          assertThat(everyone()).containsExactly(ADA);
        });
  }

  @Test
  void whatRedisLostIsWrittenAfreshByTheNextRenewal() {
    enter(one, ADA);
    done(one.renew(REALM, () -> List.of(ADA)));
    server.restartEmpty();
    await()
        .atMost(SOON)
        .ignoreExceptions()
        .untilAsserted(() -> {
          done(one.renew(REALM, () -> List.of(ADA, BOB)));
          assertThat(everyone()).containsExactlyInAnyOrder(ADA, BOB);
        });
  }

  @Test
  void whoEntersAfterALossDoesNotHideWhatElseWasLost() {
    done(one.renew(REALM, () -> List.of(ADA)));
    done(redis.flushall());
    enter(one, BOB);
    done(one.renew(REALM, () -> List.of(ADA, BOB)));
    assertThat(everyone()).containsExactlyInAnyOrder(ADA, BOB);
  }

  @Test
  void aLeaveThatRedisMissedIsMadeGoodAndToldByTheNextRenewal() {
    OnlineRegistry one = node("one", LONG, HASTE);
    done(one.renew(REALM, () -> List.of(ADA, BOB)));
    done(redis.execute("CLIENT", "PAUSE", "2500", "WRITE"));
    assertThatThrownBy(() -> leave(one, BOB)).isInstanceOf(RedisGoneException.class);
    await()
        .atMost(SOON)
        .ignoreExceptions()
        .untilAsserted(() -> {
          done(one.renew(REALM, () -> List.of(ADA)));
          assertThat(everyone()).containsExactly(ADA);
        });
    assertThat(told()).containsExactly("OPEN ada", "OPEN bob", "GONE bob left");
  }

  @Test
  void whatASessionHasChangedMeanwhileIsTold() {
    OnlineSession before =
        new OnlineSession("v1", "ada", "s1", EARLY, "1", Map.of("tea", "", "cake", "x"));
    OnlineSession after =
        new OnlineSession("v1", "ada", "s1", EARLY, "2", Map.of("cake", "y", "milk", ""));
    done(one.renew(REALM, () -> List.of(before)));
    done(node("one", LONG).renew(REALM, () -> List.of(after)));

    assertThat(everyone()).containsExactly(after);
    assertThat(told())
        .startsWith("OPEN ada 1")
        .containsOnlyOnce("DESCRIBE ada 2", "LEAVE ada left", "UPDATE ada y")
        .filteredOn(it -> it.startsWith("JOIN"))
        .hasSize(3);
  }

  @Test
  void theFirstRenewalForgetsWhatANamesakeLeft() {
    enter(node("one", LONG), BOB);
    done(one.renew(REALM, List::of));
    assertThat(everyone()).isEmpty();
    assertThat(told()).containsExactly("OPEN bob", "GONE bob left");
  }

  @Test
  void aRenewalThatFindsAllInOrderNeedsNoSnapshot() {
    done(one.renew(REALM, () -> List.of(ADA)));
    done(
        one.renew(
            REALM,
            () -> {
              throw new AssertionError("not needed");
            }));
    assertThat(everyone()).containsExactly(ADA);
  }

  @Test
  void aNodeThatGoesTakesItsPeersAlongAtOnce() {
    enter(one, ADA);
    enter(two, BOB);
    done(one.withdraw(REALM));
    assertThat(everyone()).containsExactly(BOB);
  }

  @Test
  void aSnapshotOfThousandsIsWrittenInOnePiece() {
    List<OnlineSession> many =
        IntStream.range(0, 10_000)
            .mapToObj(i -> OnlineSession.of("call", "peer " + i, "s" + i, EARLY))
            .toList();
    done(one.renew(REALM, () -> many));
    assertThat(everyone()).hasSize(10_000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a/b/c",
        "/",
        "{other}",
        "}{",
        "*",
        "[a-z]?",
        "nul\0inside",
        "🦊 émile",
        " ",
        "\"\\",
        "%2F",
      })
  void aNameMayBeAnyText(String name) {
    OnlineSession session = new OnlineSession("call", name, "s1", EARLY, name, Map.of(name, name));
    enter(one, session);
    enter(one, BOB);
    assertThat(everyone()).containsExactlyInAnyOrder(session, BOB);
    done(one.renew(REALM, () -> List.of(session)));
    assertThat(everyone()).containsExactly(session);
    leave(one, session);
    assertThat(everyone()).isEmpty();
  }

  @Test
  void noiseUnderItsKeysIsOverlooked() {
    enter(one, ADA);
    String key = "switchboard:{acme}:online:one";
    done(redis.hash(String.class).hset(key, "mallory", "noise"));
    done(redis.hash(String.class).hset(key, "eve", "{\"peer\":7}"));
    assertThat(everyone()).containsExactly(ADA);
    done(one.withdraw(REALM));
    assertThat(told()).containsExactly("OPEN ada", "GONE ada left");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Call", "a/b", "a b"})
  void aScopeThatCouldNotBeToldFromANameIsABug(String scope) {
    assertThatThrownBy(() -> OnlineSession.of(scope, "ada", "s1", EARLY))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatCameFirstIsDoneFirst() {
    done(
        Uni.join()
            .all(
                IntStream.range(0, 1000)
                    .mapToObj(i ->
                        i % 2 == 0
                            ? one.write(REALM, Change.Kind.OPEN, ADA, "", "")
                            : one.write(REALM, Change.Kind.GONE, ADA, "", "left"))
                    .toList())
            .andFailFast());
    assertThat(everyone()).isEmpty();
  }

  @Test
  void whoHasReadAllThereIsFindsNothingMore() {
    enter(one, ADA);
    assertThat(after(done(log.snapshot(REALM)).id())).isEqualTo(changes(List.of(), false));
  }

  @Test
  void whoHasMissedMoreThanIsKeptFindsAGap() {
    ChangeLog log = new ChangeLog(redis.getRedis(), PATIENCE, new Changes(10));
    OnlineRegistry one =
        new OnlineRegistry(redis.getRedis(), PATIENCE, new Changes(10), "one", LONG);
    ChangeId before = done(log.snapshot(REALM)).id();
    // Redis trims a stream a node of a hundred at a time.
    for (int i = 0; i < 300; i++) {
      done(one.write(REALM, Change.Kind.DESCRIBE, ADA, "", Integer.toString(i)));
    }
    assertThat(after(before)).isEqualTo(new ChangeLog.Reading.Gap());
  }

  @Test
  void whoFollowedARedisThatForgotFindsAGap() {
    enter(one, ADA);
    ChangeId before = done(log.snapshot(REALM)).id();
    done(redis.flushall());
    assertThat(after(before)).isEqualTo(new ChangeLog.Reading.Gap());
    enter(one, BOB);
    assertThat(after(before)).isEqualTo(new ChangeLog.Reading.Gap());
  }

  @Test
  void changesAreReadInPages() {
    ChangeId before = done(log.snapshot(REALM)).id();
    for (int i = 0; i < ChangeLog.PAGE + 1; i++) {
      done(one.write(REALM, Change.Kind.DESCRIBE, ADA, "", Integer.toString(i)));
    }
    ChangeLog.Reading.Changes first = (ChangeLog.Reading.Changes) after(before);
    assertThat(first.changes()).hasSize(ChangeLog.PAGE);
    assertThat(first.more()).isTrue();
    ChangeLog.Reading.Changes rest =
        (ChangeLog.Reading.Changes) after(first.changes().getLast().id());
    assertThat(rest.changes()).extracting(Change::more).containsExactly("" + ChangeLog.PAGE);
    assertThat(rest.more()).isFalse();
  }

  @Test
  void aStatusStandsUntilItsTimeIsUp() {
    Statuses statuses = new Statuses(redis.getRedis(), PATIENCE, new Changes(1000));
    done(statuses.put(REALM, "ada", "1", Instant.now().plusSeconds(60)));
    done(statuses.put(REALM, "bob", "2", Instant.now()));
    assertThat(done(log.snapshot(REALM)).statuses())
        .containsOnly(Map.entry("ada", "1"), Map.entry("bob", "2"));

    done(log.sweep(REALM));
    done(log.sweep(REALM));
    assertThat(done(log.snapshot(REALM)).statuses()).containsOnly(Map.entry("ada", "1"));
    done(statuses.put(REALM, "ada", "", Instant.EPOCH));
    assertThat(done(log.snapshot(REALM)).statuses()).isEmpty();
    assertThat(told()).containsExactly("STATUS ada 1", "STATUS bob 2", "STATUS bob", "STATUS ada");
  }

  private ChangeLog.Reading after(ChangeId id) {
    return done(log.after(REALM, id));
  }

  private static ChangeLog.Reading changes(List<Change> changes, boolean more) {
    return new ChangeLog.Reading.Changes(changes, more);
  }

  private void enter(OnlineRegistry node, OnlineSession session) {
    done(node.write(REALM, Change.Kind.OPEN, session, "", ""));
  }

  private void leave(OnlineRegistry node, OnlineSession session) {
    done(node.write(REALM, Change.Kind.GONE, session, "", "left"));
  }

  private List<OnlineSession> everyone() {
    return done(log.snapshot(REALM)).sessions();
  }

  private List<String> told() {
    return done(log.upTo(REALM, new ChangeId(Long.MAX_VALUE / 10, 0, 0))).stream()
        .filter(it -> it.kind() != Change.Kind.BEGIN)
        .map(it -> (it.kind() + " " + it.peer() + " " + it.more()).strip())
        .toList();
  }

  private static <T> T done(Uni<T> uni) {
    return uni.await().atMost(SOON);
  }
}
