package dev.switchboard.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.switchboard.client.history.Bounds;
import dev.switchboard.client.history.Entry;
import dev.switchboard.client.history.Figures;
import dev.switchboard.client.history.Finding.Kind;
import dev.switchboard.client.history.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What fails under load, and that no promise of protocol v1 fails with it. Each fault happens once;
 * with {@code -Dfaults=long} those that may follow each other happen 20 times.
 */
@SuppressWarnings("NullAway.Init") // set before the first test
class FaultsIT {

  private static final boolean LONG = "long".equals(System.getProperty("faults"));
  private static final int TIMES = LONG ? 20 : 1;
  private static final int PER_SECOND = 200;
  private static final int ROOMS = 8;

  /** What goes on before, between and after faults. */
  private static final Duration CALM = Duration.ofSeconds(LONG ? 2 : 1);

  /** Longer than a lease and the time between two sweeps. */
  private static final Duration PAST_THE_LEASE = Duration.ofSeconds(10);

  private static final FaultTable TABLE = new FaultTable();

  private static Pods pods;

  @BeforeAll
  static void start() {
    pods = Pods.start(2);
  }

  @AfterAll
  static void stop() throws IOException {
    pods.close();
    TABLE.write(Path.of("target", "faults.md"));
  }

  private static Load load() {
    return Load.on(pods.sockets(), ROOMS, PER_SECOND).withComingAndGoing().runFor(CALM);
  }

  /** Lets all be well for a while, and judges. */
  private static Figures judged(String fault, int times, Load load, Kind... accepted) {
    Verdict verdict = load.awaitConnected().runFor(CALM).judge(Pods.bounds());
    TABLE.add(fault, times, verdict);
    Evidence.assertThatOnly(fault, verdict, load, pods, accepted);
    assertThat(verdict.figures().acknowledged()).as(verdict.toString()).isPositive();
    return verdict.figures();
  }

  private static void assertThatAllWasResumed(Figures figures) {
    assertThat(figures.begunAgain()).as(figures.toString()).isZero();
    assertThat(figures.notRecovered()).as(figures.toString()).isZero();
    assertThat(figures.unknown()).as(figures.toString()).isZero();
  }

  @Test
  void aPodIsKilled() {
    try (Load load = load()) {
      for (int i = 0; i < TIMES; i++) {
        Pod pod = pods.get(i % pods.size());
        pod.kill();
        load.awaitConnected().runFor(CALM);
        pod.restart();
        load.runFor(CALM);
      }
      Figures figures = judged("a pod is killed", TIMES, load);
      assertThatAllWasResumed(figures);
      assertThat(figures.resumed()).isPositive();
    }
  }

  @Test
  void allPodsAreRolled() {
    try (Load load = load()) {
      for (int i = 0; i < TIMES; i++) {
        for (int j = 0; j < pods.size(); j++) {
          pods.get(j).terminate();
          pods.get(j).restart();
          load.awaitConnected();
        }
        load.runFor(CALM);
      }
      Figures figures = judged("all pods are rolled", TIMES, load);
      assertThatAllWasResumed(figures);
      assertThat(figures.resumed()).isPositive();
    }
  }

  @Test
  void podsAreKilledWhileNetworksAreBad() {
    try (Load load = load()) {
      for (int i = 0; i < TIMES; i++) {
        Pod pod = pods.get(i % pods.size());
        load.runWithBadNetworksFor(CALM);
        pod.kill();
        load.runWithBadNetworksFor(CALM);
        pod.restart();
        load.runWithBadNetworksFor(CALM);
      }
      Figures figures = judged("pods are killed while networks are bad", TIMES, load);
      assertThatAllWasResumed(figures);
      assertThat(figures.resumed()).isPositive();
    }
  }

  @Test
  void aPodHangsForLongerThanItsLease() {
    try (Load load = load()) {
      pods.get(0).freeze();
      try {
        load.runFor(PAST_THE_LEASE);
      } finally {
        pods.get(0).thaw();
      }
      assertThatAllWasResumed(judged("a pod hangs past its lease", 1, load));
    }
  }

  @Test
  void redisIsKilledAndComesBackWithItsData() {
    try (Load load = load()) {
      for (int i = 0; i < TIMES; i++) {
        pods.redis().kill();
        pods.redis().resume();
        load.awaitConnected().runFor(CALM);
      }
      assertThatAllWasResumed(judged("Redis is killed and comes back", TIMES, load));
    }
  }

  @Test
  void redisIsGoneForLongerThanALease() {
    try (Load load = load()) {
      pods.redis().kill();
      load.runFor(PAST_THE_LEASE);
      pods.redis().resume();
      assertThatAllWasResumed(judged("Redis is gone for 10 s", 1, load));
    }
  }

  @Test
  void redisHangsForLongerThanALease() {
    try (Load load = load()) {
      pods.redis().freeze();
      try {
        load.runFor(PAST_THE_LEASE);
      } finally {
        pods.redis().thaw();
      }
      assertThatAllWasResumed(judged("Redis does not answer for 10 s", 1, load));
    }
  }

  @Test
  void redisComesBackEmpty() {
    try (Load load = load()) {
      pods.redis().restartEmpty();
      // Both ends are told so: what is missing is not lost in silence.
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> Stream.of(0, 1, 2).allMatch(i -> wasToldOfLoss(load, i)));
      judged("Redis comes back empty", 1, load);
    }
  }

  private static boolean wasToldOfLoss(Load load, int client) {
    return load.client(client).history().all(Entry.Welcomed.class).stream()
        .anyMatch(welcome -> !welcome.recovered());
  }

  @Test
  void redisIsSlow() {
    try (Load load = load()) {
      for (int i = 0; i < pods.size(); i++) {
        pods.get(i).wire().slowDown(Duration.ofMillis(50));
      }
      load.runFor(Duration.ofSeconds(5));
      mendAll();
      assertThatAllWasResumed(judged("Redis is 100 ms away", 1, load));
    }
  }

  @Test
  void redisRefusesWrites() {
    try (Load load = load()) {
      pods.redis().refuseWrites();
      load.runFor(CALM);
      pods.redis().takeWrites();
      Figures figures = judged("Redis refuses writes", 1, load);
      assertThatAllWasResumed(figures);
      assertThat(figures.refused()).isPositive();
    }
  }

  /** A pod that nobody hears of is taken for dead, though its clients have their sockets. */
  @Test
  void onePodHasNoWayToRedisAndIsNotTold() {
    try (Load load = load()) {
      pods.get(0).wire().silence();
      load.runFor(PAST_THE_LEASE);
      mendAll();
      assertThatAllWasResumed(
          judged("one pod's packets to Redis vanish", 1, load, Kind.SEEN_LEAVING));
    }
  }

  @Test
  void onePodIsCutOffFromRedis() {
    try (Load load = load()) {
      pods.get(0).wire().cut();
      load.runFor(PAST_THE_LEASE);
      mendAll();
      assertThatAllWasResumed(judged("one pod is cut off from Redis", 1, load, Kind.SEEN_LEAVING));
    }
  }

  @Test
  void podsLoseRedisForMoments() {
    try (Load load = load()) {
      for (int i = 0; i < TIMES * 2; i++) {
        Wire wire = pods.get(i % pods.size()).wire();
        wire.cut();
        load.runFor(Duration.ofMillis(300));
        wire.mend();
        load.runFor(Duration.ofMillis(700));
        wire.silence();
        load.runFor(Duration.ofSeconds(1));
        wire.mend();
        load.runFor(Duration.ofMillis(500));
      }
      assertThatAllWasResumed(judged("pods lose Redis for moments", TIMES * 4, load));
    }
  }

  private static void mendAll() {
    for (int i = 0; i < pods.size(); i++) {
      pods.get(i).wire().mend();
    }
  }

  @Test
  void clientsLoseTheirNetwork() {
    Bounds bounds = Pods.bounds();
    try (Load load = load()) {
      load.client(0).breakOff(Duration.ofSeconds(1));
      load.client(3).breakOff(bounds.leaveAfter().plus(bounds.slack()));
      load.client(6).breakOff(bounds.window().plus(bounds.slack()).plus(bounds.slack()));
      load.vanish(9);
      load.bye(12);
      load.runFor(bounds.toldWithin());
      Figures figures = judged("clients lose their network, die and leave", 1, load);
      // One was away for too long.
      assertThat(figures.begunAgain()).as(figures.toString()).isEqualTo(1);
      assertThat(figures.undelivered()).as(figures.toString()).isPositive();
      assertThat(figures.resumed()).as(figures.toString()).isEqualTo(2);
    }
  }

  @Test
  void clocksAreFiveMinutesApart() throws IOException {
    Pod ahead = pods.add(Map.of("LD_PRELOAD", fakeTime().toString(), "FAKETIME", "+5m"));
    try (Load load = load()) {
      load.runFor(PAST_THE_LEASE);
      ahead.kill();
      load.awaitConnected().runFor(CALM);
      assertThatAllWasResumed(
          judged("clocks are five minutes apart, and a pod is killed", 1, load));
    } finally {
      pods.remove(ahead);
    }
  }

  /** A library that tells a process another time of day. */
  private static Path fakeTime() throws IOException {
    try (Stream<Path> files =
        Files.find(
            Path.of("/usr/lib"), 3, (path, _) -> path.endsWith("faketime/libfaketimeMT.so.1"))) {
      return files
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("install the package faketime"));
    }
  }

  /** Of several returns with one ticket a client may have seen any welcome. */
  @Test
  void aTicketIsGoodUntilANewerOneWasUsed() throws Exception {
    try (RawSocket first = RawSocket.open(pods.get(0).socket());
        RawSocket second = RawSocket.open(pods.get(1).socket());
        RawSocket third = RawSocket.open(pods.get(0).socket());
        RawSocket fourth = RawSocket.open(pods.get(1).socket())) {
      first.send("{\"type\":\"hello\",\"name\":\"triplet\"}");
      String begun = first.next();
      String seen = resumed(second, begun);
      assertThat(seen).contains("\"resumed\":true");
      assertThat(resumed(third, begun)).contains("\"resumed\":true");
      assertThat(resumed(fourth, seen)).contains("\"resumed\":true");
    }
  }

  private static String resumed(RawSocket socket, String welcome) throws InterruptedException {
    socket.send(
        "{\"type\":\"hello\",\"name\":\"triplet\",\"resume\":\"%s\",\"seq\":0,\"epoch\":\"%s\"}"
            .formatted(RawSocket.text(welcome, "ticket"), RawSocket.text(welcome, "epoch")));
    return socket.next();
  }

  @Test
  void ofTwoSocketsWithOneTicketTheLaterHasTheSession() throws Exception {
    try (RawSocket first = RawSocket.open(pods.get(0).socket())) {
      first.send("{\"type\":\"hello\",\"name\":\"twin\"}");
      String welcome = first.next();
      String ticket = RawSocket.text(welcome, "ticket");
      String session = RawSocket.text(welcome, "session");
      try (RawSocket second = RawSocket.open(pods.get(1).socket())) {
        second.send(
            "{\"type\":\"hello\",\"name\":\"twin\",\"resume\":\"%s\",\"seq\":0,\"epoch\":\"%s\"}"
                .formatted(ticket, RawSocket.text(welcome, "epoch")));
        String back = second.next();
        assertThat(back).contains("\"resumed\":true");
        assertThat(RawSocket.text(back, "session")).isEqualTo(session);
        assertThat(first.closeCode()).isEqualTo(3501);
        second.send("{\"type\":\"signal\",\"id\":1,\"session\":\"" + session + "\",\"data\":7}");
        assertThat(second.next() + second.next()).contains("\"data\":7").contains("\"ok\"");
      }
    }
  }
}
