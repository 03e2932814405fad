package dev.switchboard.signaling.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.switchboard.bus.RedisGoneException;
import dev.switchboard.signaling.SharedRedis;
import dev.switchboard.signaling.directory.Directory.Entry;
import dev.switchboard.signaling.protocol.Address;
import dev.switchboard.signaling.protocol.Destination;
import dev.switchboard.signaling.protocol.Member;
import dev.switchboard.signaling.protocol.RoomId;
import dev.switchboard.signaling.protocol.SessionId;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Request;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the directory does when it is shared by nodes, some of which die. */
abstract class SharedDirectoryContract extends DirectoryContract {

  private static final Duration LONG = Duration.ofMinutes(1);
  private static final RoomId TEA = new RoomId("default", "rooms", "tea");
  private static final Address ADA = new Address("default", "call", "ada");

  private final Queue<SessionId> disowned = new ConcurrentLinkedQueue<>();
  private final SessionId one = SessionId.fresh();
  private final SessionId two = SessionId.fresh();
  private String here = "";
  private String there = "";

  @SuppressWarnings("NullAway.Init") // set before each test
  private RedisDirectory directory;

  @SuppressWarnings("NullAway.Init") // set before each test
  private RedisDirectory elsewhere;

  abstract SharedRedis redis();

  @BeforeEach
  void twoNodesAreNewAndRedisIsEmpty() {
    redis().flush();
    here = SessionId.fresh().value();
    there = SessionId.fresh().value();
    directory = node(here, LONG);
    elsewhere = node(there, LONG);
    get(directory.lease().beat());
    get(elsewhere.lease().beat());
  }

  private RedisDirectory node(String id, Duration lease) {
    return new RedisDirectory(
        id,
        redis().client(),
        SharedRedis.PATIENCE,
        lease,
        event -> disowned.addAll(event.sessions()));
  }

  @Override
  Directory directory() {
    return directory;
  }

  @Override
  Directory elsewhere() {
    return elsewhere;
  }

  @Override
  String here() {
    return here;
  }

  @Override
  String there() {
    return there;
  }

  @Test
  void aNodeThatDiedIsSweptOutOfEveryPlaceOnceAndOnly() {
    enter(directory, here, TEA, one);
    enter(elsewhere, there, TEA, two);
    enter(directory, here, ADA, one);
    enter(directory, here, new RoomId("acme", "rooms", "{x}:y"), one);
    get(directory.lease().end());

    List<Directory.Vacancy> vacancies = get(elsewhere.sweep(here));

    assertThat(vacancies)
        .containsExactlyInAnyOrder(
            new Directory.Vacancy(
                TEA, member(one, 1), List.of(new Occupant(there, member(two, 2)))),
            new Directory.Vacancy(ADA, member(one, 1), List.of()),
            new Directory.Vacancy(new RoomId("acme", "rooms", "{x}:y"), member(one, 1), List.of()));
    assertThat(get(elsewhere.occupants(TEA))).containsExactly(new Occupant(there, member(two, 2)));
    assertThat(get(elsewhere.occupants(ADA))).isEmpty();
    assertThat(get(elsewhere.sweep(here))).isEmpty();
    assertThat(get(elsewhere.lease().beat()).dead()).isEmpty();
  }

  @Test
  void whoMovedToAnotherNodeIsNotSweptWithTheOldOne() {
    enter(directory, here, TEA, one);
    enter(elsewhere, there, TEA, one);

    assertThat(get(elsewhere.sweep(here))).isEmpty();
    assertThat(get(elsewhere.occupants(TEA))).containsExactly(new Occupant(there, member(one, 1)));
  }

  @Test
  void aNodeIsDeadWhenItsLeaseHasEndedByRedisClock() {
    RedisDirectory mortal = node("mortal", Duration.ofMillis(50));
    get(mortal.lease().beat());
    assertThat(get(directory.lease().beat()).dead()).isSubsetOf("mortal");

    await()
        .atMost(SharedRedis.PATIENCE)
        .untilAsserted(
            () -> assertThat(get(directory.lease().beat()).dead()).containsExactly("mortal"));
    assertThat(mortal.isReachable()).isFalse();
    assertThat(directory.isReachable()).isTrue();
  }

  @Test
  void nobodyDiesWhileNobodyCouldGiveASignOfLife() {
    RedisDirectory mortal = node("mortal", Duration.ofMillis(500));
    RedisDirectory survivor = node("survivor", Duration.ofMillis(500));
    get(mortal.lease().beat());
    get(survivor.lease().beat());
    await().pollDelay(Duration.ofSeconds(1)).atMost(SharedRedis.PATIENCE).until(() -> true);

    assertThat(get(survivor.lease().beat()).alive()).contains("mortal");
    await()
        .atMost(SharedRedis.PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .untilAsserted(() -> assertThat(get(survivor.lease().beat()).dead()).contains("mortal"));
  }

  @Test
  void aNodeThatWasSweptLosesWhatItHadAndMayBeginAnew() {
    enter(directory, here, TEA, one);
    enter(directory, here, ADA, one);
    get(elsewhere.sweep(here));
    enter(elsewhere, there, ADA, two);

    assertThat(enter(directory, here, TEA, SessionId.fresh())).isInstanceOf(Entry.Entered.class);

    assertThat(disowned).containsExactly(one);
    assertThat(get(directory.occupants(ADA))).containsExactly(new Occupant(there, member(two, 1)));
  }

  @Test
  void aNodeThatWasSweptLearnsOfItWithoutAskingForAnything() {
    enter(directory, here, TEA, one);
    get(directory.check());
    assertThat(disowned).isEmpty();

    get(elsewhere.sweep(here));
    get(directory.check());

    assertThat(disowned).containsExactly(one);
  }

  @Test
  void aRedisThatLostEverythingIsToldAgain() {
    List<SessionId> sessions = IntStream.range(0, 50).mapToObj(_ -> SessionId.fresh()).toList();
    sessions.forEach(session -> enter(directory, here, TEA, session));
    enter(elsewhere, there, TEA, two);
    enter(directory, here, ADA, one);
    List<Occupant> before = get(directory.occupants(TEA));
    String epoch = directory.epoch();

    redis().flush();
    get(directory.check());
    get(elsewhere.check());

    assertThat(directory.epoch()).isEqualTo(elsewhere.epoch()).isNotEqualTo(epoch);
    assertThat(get(directory.occupants(TEA))).isEqualTo(before);
    assertThat(get(elsewhere.occupants(ADA))).containsExactly(new Occupant(here, member(one, 1)));
    assertThat(disowned).isEmpty();
    assertThat(enter(directory, here, TEA, SessionId.fresh()))
        .isInstanceOfSatisfying(
            Entry.Entered.class, entered -> assertThat(entered.self().number()).isEqualTo(52));
  }

  @Test
  void whoFindsItsNameTakenAfterALossIsDisowned() {
    name(directory, here, one);
    redis().flush();
    name(elsewhere, there, two);

    get(directory.check());

    assertThat(disowned).containsExactly(one);
    assertThat(get(directory.occupants(ADA))).containsExactly(new Occupant(there, member(two, 1)));
  }

  @Test
  void whatWasLeftBeforeALossStaysLeft() {
    enter(directory, here, TEA, one);
    get(directory.leave(TEA, new Location(here, one)));
    redis().flush();
    get(directory.check());

    assertThat(get(directory.occupants(TEA))).isEmpty();
  }

  @Test
  void aKeyThatHoldsSomethingElseIsNobodyElsesTrouble() {
    enter(directory, here, ADA, one);
    String poisoned = PlaceKeys.place(TEA);
    redis()
        .client()
        .send(Request.cmd(Command.SET).arg(poisoned).arg("x"))
        .await()
        .atMost(SharedRedis.PATIENCE);

    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> enter(directory, here, TEA, one))
          .isInstanceOf(RedisGoneException.class);
      assertThatThrownBy(() -> get(directory.occupants(TEA)))
          .isInstanceOf(RedisGoneException.class);
      assertThat(get(directory.occupants(ADA))).hasSize(1);
    }
  }

  @Test
  void afterAllHaveLeftNothingStaysInRedis() {
    enter(directory, here, TEA, one);
    enter(elsewhere, there, TEA, two);
    get(directory.leave(TEA, new Location(here, one)));
    get(elsewhere.leave(TEA, new Location(there, two)));

    assertThat(exists(PlaceKeys.place(TEA))).isFalse();
    assertThat(exists(PlaceKeys.byNode("default", here))).isFalse();
  }

  private boolean exists(String key) {
    return redis()
            .client()
            .send(Request.cmd(Command.EXISTS).arg(key))
            .await()
            .atMost(SharedRedis.PATIENCE)
            .toInteger()
        == 1;
  }

  private static Entry enter(
      RedisDirectory directory, String node, Destination place, SessionId session) {
    return get(directory.enter(place, new Occupant(node, Member.newcomer(session, "", "")), 100));
  }

  /** Takes the name for itself alone. */
  private static void name(RedisDirectory directory, String node, SessionId session) {
    get(directory.enter(ADA, new Occupant(node, Member.newcomer(session, "", "")), 1));
  }

  private static Member member(SessionId session, long number) {
    return new Member(session, number, "", "");
  }
}
