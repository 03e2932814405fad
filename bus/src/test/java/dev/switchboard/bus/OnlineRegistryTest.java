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
  private static final OnlineSession ADA = new OnlineSession("call", "ada", "s1", EARLY);
  private static final OnlineSession BOB = new OnlineSession("call", "bob", "s2", LATE);

  private final ReactiveRedisDataSource redis;

  private OnlineReader reader;
  private OnlineRegistry one;
  private OnlineRegistry two;

  RealRedis server;

  @Inject
  OnlineRegistryTest(ReactiveRedisDataSource redis) {
    this.redis = redis;
  }

  private OnlineRegistry node(String id, Duration lease) {
    return new OnlineRegistry(redis, PATIENCE, id, lease);
  }

  @BeforeEach
  void redisIsEmptyAndTwoNodesAreNew() {
    reader = new OnlineReader(redis, PATIENCE);
    one = node("one", LONG);
    two = node("two", LONG);
    await().atMost(SOON).ignoreExceptions().untilAsserted(() -> done(redis.flushall()));
  }

  @Test
  void whoEntersIsOnlineAndWhoLeavesIsNot() {
    enter(one, ADA);
    assertThat(sessionsOf("ada")).containsExactly(ADA);
    assertThat(everyone()).containsExactly(ADA);

    done(one.leave(REALM, "call", "ada", "s1"));
    assertThat(sessionsOf("ada")).isEmpty();
    assertThat(everyone()).isEmpty();
  }

  @Test
  void twoNodesHaveTheirOwnPeersAndOnePeerMayBeAtBoth() {
    OnlineSession elsewhere = new OnlineSession("rooms", "ada", "s9", LATE);
    enter(one, ADA);
    enter(two, BOB);
    enter(two, elsewhere);
    assertThat(sessionsOf("ada")).containsExactlyInAnyOrder(ADA, elsewhere);
    assertThat(everyone()).containsExactlyInAnyOrder(ADA, BOB, elsewhere);

    done(two.leave(REALM, "rooms", "ada", "s9"));
    assertThat(sessionsOf("ada")).containsExactly(ADA);
  }

  @Test
  void realmsSeeNothingOfEachOther() {
    enter(one, ADA);
    assertThat(done(reader.everyone(new Realm("other")))).isEmpty();
    assertThat(done(reader.sessions(new Realm("other"), "ada"))).isEmpty();
  }

  @Test
  void theLeaveOfAnOlderSessionLeavesTheNewerOne() {
    OnlineSession newer = new OnlineSession("call", "ada", "s2", LATE);
    enter(one, ADA);
    enter(one, newer);
    done(one.leave(REALM, "call", "ada", "s1"));
    assertThat(sessionsOf("ada")).containsExactly(newer);
  }

  @Test
  void aPodThatDiesTakesItsPeersAlongWhenItsLeaseEnds() {
    enter(node("mortal", Duration.ofMillis(700)), ADA);
    enter(two, BOB);
    await().atMost(SOON).untilAsserted(() -> assertThat(everyone()).containsExactly(BOB));
    assertThat(sessionsOf("ada")).isEmpty();
    assertThat(nodes()).contains("mortal");

    done(two.renew(REALM, () -> List.of(BOB)));
    assertThat(nodes()).containsExactly("two");
  }

  @Test
  void whenTheLastNodeDiesNothingStaysInRedis() {
    enter(node("mortal", Duration.ofMillis(300)), ADA);
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(done(redis.key().keys("switchboard:*"))).isEmpty());
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
          assertThat(sessionsOf("ada")).containsExactly(ADA);
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
    assertThat(sessionsOf("ada")).containsExactly(ADA);
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
  void aLeaveThatRedisMissedIsMadeGoodByTheNextRenewal() {
    OnlineRegistry one = new OnlineRegistry(redis, HASTE, "one", LONG);
    done(one.renew(REALM, () -> List.of(ADA, BOB)));
    done(redis.execute("CLIENT", "PAUSE", "2500", "WRITE"));
    assertThatThrownBy(() -> done(one.leave(REALM, "call", "bob", "s2")))
        .isInstanceOf(RedisGoneException.class);
    await()
        .atMost(SOON)
        .ignoreExceptions()
        .untilAsserted(() -> {
          done(one.renew(REALM, () -> List.of(ADA)));
          assertThat(everyone()).containsExactly(ADA);
        });
  }

  @Test
  void theFirstRenewalForgetsWhatANamesakeLeft() {
    enter(node("one", LONG), BOB);
    done(one.renew(REALM, List::of));
    assertThat(everyone()).isEmpty();
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
    assertThat(nodes()).containsExactly("two");
  }

  @Test
  void aSnapshotOfThousandsIsWrittenInOnePiece() {
    List<OnlineSession> many =
        IntStream.range(0, 10_000)
            .mapToObj(i -> new OnlineSession("call", "peer " + i, "s" + i, EARLY))
            .toList();
    done(one.renew(REALM, () -> many));
    assertThat(everyone()).hasSize(10_000);
    assertThat(sessionsOf("peer 9999")).hasSize(1);
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
    OnlineSession session = new OnlineSession("call", name, "s1", EARLY);
    enter(one, session);
    enter(one, BOB);
    assertThat(sessionsOf(name)).containsExactly(session);
    assertThat(everyone()).containsExactlyInAnyOrder(session, BOB);
    done(one.renew(REALM, () -> List.of(session)));
    assertThat(everyone()).containsExactly(session);
    done(one.leave(REALM, "call", name, "s1"));
    assertThat(everyone()).isEmpty();
  }

  @Test
  void noiseUnderItsKeysIsOverlooked() {
    enter(one, ADA);
    String key = OnlineKeys.online(REALM, "one");
    done(redis.hash(String.class).hset(key, "call/mallory", "noise"));
    done(redis.hash(String.class).hset(key, "no slash", "{}"));
    done(redis.hash(String.class).hset(key, "call/eve", "{\"session\":7}"));
    assertThat(everyone()).containsExactly(ADA);
    assertThat(sessionsOf("mallory")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Call", "a/b", "a b"})
  void aScopeThatCouldNotBeToldFromANameIsABug(String scope) {
    assertThatThrownBy(() -> one.enter(REALM, scope, "ada", "s1", EARLY))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatCameFirstIsDoneFirst() {
    done(
        Uni.join()
            .all(
                IntStream.range(0, 1000)
                    .mapToObj(i -> one.enter(REALM, "call", "ada", "s" + i, EARLY))
                    .toList())
            .andFailFast());
    assertThat(sessionsOf("ada")).containsExactly(new OnlineSession("call", "ada", "s999", EARLY));
  }

  private void enter(OnlineRegistry node, OnlineSession session) {
    done(node.enter(REALM, session.scope(), session.peer(), session.session(), session.since()));
  }

  private List<OnlineSession> sessionsOf(String peer) {
    return done(reader.sessions(REALM, peer));
  }

  private List<OnlineSession> everyone() {
    return done(reader.everyone(REALM));
  }

  private Iterable<String> nodes() {
    return done(redis.set(String.class).smembers(OnlineKeys.nodes(REALM)));
  }

  private static <T> T done(Uni<T> uni) {
    return uni.await().atMost(SOON);
  }
}
