package dev.switchboard.e2e.faults;

import dev.switchboard.client.Client;
import dev.switchboard.client.Event;
import dev.switchboard.client.Loop;
import dev.switchboard.client.Options;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Clients with a name each that come, and go as soon as they are in. */
final class Passers implements AutoCloseable {

  /** Those who find nobody there try again all at once: that is another test. */
  private static final int MOST = 300;

  private final Loop loop;
  private final List<URI> sockets;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());
  private final AtomicInteger came = new AtomicInteger();
  private final Map<String, Client> here = new ConcurrentHashMap<>();
  private final Map<String, Long> wentAt = new ConcurrentHashMap<>();
  private final Map<String, List<String>> lived = new ConcurrentHashMap<>();
  private volatile boolean stopped;

  private Passers(Loop loop, List<URI> sockets, Duration every) {
    this.loop = loop;
    this.sockets = sockets;
    var _ =
        clock.scheduleAtFixedRate(
            this::come, every.toNanos(), every.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** One comes each so often, at one pod after the other. */
  static Passers over(Loop loop, List<URI> sockets, Duration every) {
    return new Passers(loop, sockets, every);
  }

  private void come() {
    if (stopped || came.get() == MOST) {
      return;
    }
    int number = came.getAndIncrement();
    String name = name(number);
    List<URI> order = new ArrayList<>(sockets);
    Collections.rotate(order, number);
    Options options =
        Options.of(name, order.toArray(URI[]::new))
            .withOpenWithin(Duration.ofSeconds(20))
            .withBackoff(Duration.ofMillis(100), Duration.ofSeconds(1));
    here.put(name, Client.connect(loop, options, event -> go(name, event)));
  }

  private void go(String name, Event event) {
    lived.computeIfAbsent(name, _ -> new CopyOnWriteArrayList<>()).add(event.toString());
    if (event instanceof Event.Welcomed) {
      clock.execute(() -> {
        Client client = here.remove(name);
        if (client != null) {
          wentAt.put(name, System.nanoTime());
          client.close();
        }
      });
    }
  }

  private static String name(int number) {
    return "passer-" + number;
  }

  /** No more come; those that are on their way in still go. */
  List<String> stop() {
    stopped = true;
    List<String> names = new ArrayList<>();
    for (int i = 0; i < came.get(); i++) {
      names.add(name(i));
    }
    return names;
  }

  /** What its client was told. */
  List<String> lived(String name) {
    return lived.getOrDefault(name, List.of());
  }

  /** When it said that it goes, in {@link System#nanoTime}; 0 if it has not. */
  long wentAt(String name) {
    return wentAt.getOrDefault(name, 0L);
  }

  @Override
  public void close() {
    clock.shutdownNow();
    here.values().forEach(Client::close);
  }
}
