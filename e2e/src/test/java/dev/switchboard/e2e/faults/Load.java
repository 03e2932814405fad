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
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

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
  private final AtomicInteger turns = new AtomicInteger();
  private final ScheduledFuture<?> sending;

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
    long period = TimeUnit.SECONDS.toNanos(1) / perSecond;
    this.sending = clock.scheduleAtFixedRate(this::send, 0, period, TimeUnit.NANOSECONDS);
  }

  /** Connects three clients for each room, and begins to send so many signals a second in all. */
  static Load on(List<URI> sockets, int rooms, int perSecond) {
    return new Load(sockets, rooms, perSecond);
  }

  private Recorder connect(String name, List<URI> order) {
    Options options =
        Options.of(name, order.toArray(URI[]::new))
            .withOpenWithin(Duration.ofSeconds(2))
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
    var _ = clients.get(i).signal(target, BODY);
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

  /** Waits until everybody has a connection who has not gone for good. */
  Load awaitConnected() {
    await("connected").atMost(PATIENCE).until(() -> clients.stream().allMatch(Load::isConnected));
    return this;
  }

  private static boolean isConnected(Recorder client) {
    return client.isConnected() || !client.history().all(Entry.Ended.class).isEmpty();
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
    sending.cancel(false);
    awaitConnected();
    await("answered").atMost(PATIENCE).until(() -> clients.stream().allMatch(Load::isAnswered));
    long late = System.nanoTime() + SETTLING.toNanos();
    Verdict verdict = verdict(bounds);
    while (verdict.count(Kind.LOST) > 0 && System.nanoTime() < late) {
      verdict = verdict(bounds);
    }
    return verdict;
  }

  private static boolean isAnswered(Recorder client) {
    History history = client.history();
    return history.all(Entry.Sent.class).size() == history.all(Entry.Answered.class).size();
  }

  private Verdict verdict(Bounds bounds) {
    return Checker.check(clients.stream().map(Recorder::history).toList(), bounds);
  }

  @Override
  public void close() {
    sending.cancel(true);
    clock.shutdownNow();
    clients.forEach(Recorder::bye);
    loop.close();
  }
}
