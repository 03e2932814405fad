package dev.switchboard.e2e.faults;

import static org.awaitility.Awaitility.await;

import dev.switchboard.client.Answer;
import dev.switchboard.client.Loop;
import dev.switchboard.client.Options;
import dev.switchboard.client.Target;
import dev.switchboard.client.history.Bounds;
import dev.switchboard.client.history.Checker;
import dev.switchboard.client.history.Entry;
import dev.switchboard.client.history.Finding.Kind;
import dev.switchboard.client.history.History;
import dev.switchboard.client.history.Recorder;
import dev.switchboard.client.history.Verdict;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Clients in rooms of three that send each other stamped signals at a steady rate: to a peer, to a
 * session, to the room, in turns. They are spread over the pods, each room over all of them.
 */
final class Load implements AutoCloseable {

  /** Generous: it is only ever waited out when a test fails. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** How long acknowledged signals may still be under way when all has been mended. */
  private static final Duration SETTLING = Duration.ofSeconds(20);

  private static final int ROOM = 3;
  private static final int MOST_ENTRIES = 200_000;
  private static final String BODY = "0123456789".repeat(20);
  private static final AtomicInteger RUNS = new AtomicInteger();

  private final Loop loop = Loop.start("load");
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());
  private final String run = "run" + RUNS.incrementAndGet();
  private final List<Recorder> clients = new ArrayList<>();
  private final Set<Recorder> gone = ConcurrentHashMap.newKeySet();

  /** Those that have left their room and are about to join it again. */
  private final Set<Recorder> away = ConcurrentHashMap.newKeySet();

  private final AtomicInteger turns = new AtomicInteger();
  private final List<ScheduledFuture<?>> goingOn = new CopyOnWriteArrayList<>();

  private Load(List<URI> sockets, int rooms, int perSecond) {
    for (int i = 0; i < rooms * ROOM; i++) {
      List<URI> order = new ArrayList<>(sockets);
      Collections.rotate(order, i % ROOM);
      clients.add(connect(name(i), order));
    }
    awaitConnected();
    for (int i = 0; i < clients.size(); i++) {
      join(clients.get(i), room(i));
    }
    every(Duration.ofSeconds(1).dividedBy(perSecond), this::send);
  }

  private void every(Duration time, Runnable step) {
    goingOn.add(
        clock.scheduleAtFixedRate(step, time.toNanos(), time.toNanos(), TimeUnit.NANOSECONDS));
  }

  /** Connects three clients for each room, and begins to send so many signals a second in all. */
  static Load on(List<URI> sockets, int rooms, int perSecond) {
    return new Load(sockets, rooms, perSecond);
  }

  private Recorder connect(String name, List<URI> order) {
    Options options =
        Options.of(name, order.toArray(URI[]::new))
            .withOpenWithin(Duration.ofSeconds(5))
            .withBackoff(Duration.ofMillis(100), Duration.ofSeconds(1));
    return Recorder.connect(loop, name, options, MOST_ENTRIES);
  }

  private static void join(Recorder client, String room) {
    Answer answer = client.join(room).orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    if (!(answer instanceof Answer.Ok)) {
      throw new IllegalStateException(client.peer() + " is not let in: " + answer);
    }
  }

  private String name(int i) {
    return run + "-" + i / ROOM + "-" + i % ROOM;
  }

  private String room(int i) {
    return run + "-" + i / ROOM;
  }

  private void send() {
    int turn = turns.getAndIncrement();
    int i = turn % clients.size();
    int next = i / ROOM * ROOM + (i + 1 + turn / clients.size() % (ROOM - 1)) % ROOM;
    Target target =
        switch (turn / clients.size() % 3) {
          case 0 -> new Target.Peer(name(next));
          case 1 -> session(clients.get(next));
          default -> new Target.Room(room(i));
        };
    boolean isOut = gone.contains(clients.get(i)) || away.contains(clients.get(i));
    if (!isOut) {
      var _ = clients.get(i).signal(target, BODY);
    }
  }

  private static Target session(Recorder client) {
    return client
        .session()
        .<Target>map(Target.Session::new)
        .orElseGet(() -> new Target.Peer(client.peer()));
  }

  /** One of its clients; the rooms are clients 0 to 2, 3 to 5 and so on. */
  Recorder client(int i) {
    return clients.get(i);
  }

  /** From now on somebody leaves its room now and then, and joins it again at once. */
  Load withComingAndGoing() {
    every(Duration.ofMillis(100), this::comeAndGo);
    return this;
  }

  private void comeAndGo() {
    int i = ThreadLocalRandom.current().nextInt(clients.size());
    Recorder client = clients.get(i);
    if (!gone.contains(client) && away.add(client)) {
      var _ = client.leave(room(i));
      var _ = client.join(room(i)).whenComplete((_, _) -> away.remove(client));
    }
  }

  /** For so long somebody's network breaks now and then, for half a second at the most. */
  Load runWithBadNetworksFor(Duration time) {
    ScheduledFuture<?> breaking =
        clock.scheduleAtFixedRate(this::breakOne, 0, 100, TimeUnit.MILLISECONDS);
    runFor(time);
    breaking.cancel(false);
    return this;
  }

  private void breakOne() {
    Recorder client = clients.get(ThreadLocalRandom.current().nextInt(clients.size()));
    if (!gone.contains(client)) {
      client.breakOff(Duration.ofMillis(ThreadLocalRandom.current().nextInt(500)));
    }
  }

  /** Lets one go without a word, for good. */
  void vanish(int i) {
    gone.add(client(i));
    client(i).vanish();
  }

  /** Lets one say that it goes. */
  void bye(int i) {
    gone.add(client(i));
    client(i).bye();
  }

  /** Waits until everybody has a connection who has not gone for good. */
  Load awaitConnected() {
    try {
      await("connected").atMost(PATIENCE).until(() -> clients.stream().allMatch(this::isConnected));
      return this;
    } catch (ConditionTimeoutException e) {
      throw new AssertionError(
          clients.stream()
              .filter(client -> !isConnected(client))
              .map(Load::lastSeen)
              .collect(Collectors.joining("\n", "not connected:\n", "")),
          e);
    }
  }

  private static String lastSeen(Recorder client) {
    List<Entry> entries =
        client.history().entries().stream()
            .filter(entry -> !(entry instanceof Entry.Sent || entry instanceof Entry.Received))
            .toList();
    return client.peer() + " " + entries.subList(Math.max(0, entries.size() - 20), entries.size());
  }

  private boolean isConnected(Recorder client) {
    return client.isConnected() || gone.contains(client);
  }

  /** Lets it run for a while. */
  Load runFor(Duration time) {
    long more = time.toMillis();
    int before = turns.get();
    long end = System.nanoTime() + time.toNanos();
    await("load for " + more + " ms")
        .atMost(time.plus(PATIENCE))
        .until(() -> System.nanoTime() >= end && turns.get() > before);
    return this;
  }

  /** Ends sending, waits until what is owed has come or is late, and judges all of it. */
  Verdict judge(Bounds bounds) {
    goingOn.forEach(it -> it.cancel(false));
    awaitConnected();
    await("answered").atMost(PATIENCE).until(() -> clients.stream().allMatch(this::isAnswered));
    long late = System.nanoTime() + SETTLING.toNanos();
    return await("all is there, or late")
        .pollInterval(Duration.ofMillis(200))
        .atMost(SETTLING.plus(PATIENCE))
        .until(
            () -> verdict(bounds),
            verdict -> verdict.count(Kind.LOST) == 0 || System.nanoTime() > late);
  }

  private boolean isAnswered(Recorder client) {
    History history = client.history();
    return gone.contains(client)
        || history.all(Entry.Sent.class).size() == history.all(Entry.Answered.class).size();
  }

  private Verdict verdict(Bounds bounds) {
    return Checker.check(histories(), bounds);
  }

  List<History> histories() {
    return clients.stream().map(Recorder::history).toList();
  }

  @Override
  public void close() {
    clock.shutdownNow();
    clients.forEach(Recorder::bye);
    loop.close();
  }
}
