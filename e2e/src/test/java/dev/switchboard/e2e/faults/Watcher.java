package dev.switchboard.e2e.faults;

import dev.switchboard.testing.EventStream;
import dev.switchboard.testing.EventStream.Told;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Watches presence as a browser does: when its stream ends it goes on at another pod, and says what
 * it was told last.
 */
final class Watcher implements AutoCloseable {

  /** What it was told, and when, in {@link System#nanoTime}. */
  record Seen(String id, String type, String peer, String data, long at) {}

  private static final Pattern PEER = Pattern.compile("\"peer\":\"([^\"]*)\"");

  private final List<URI> pods;
  private final List<Seen> seen = new CopyOnWriteArrayList<>();
  private final Thread thread;
  private volatile boolean over;
  private final AtomicInteger streams = new AtomicInteger();

  private Watcher(List<URI> pods) {
    this.pods = pods;
    this.thread = Thread.ofPlatform().daemon().start(this::watch);
  }

  /** Begins to watch at the first of these pods. */
  static Watcher at(List<URI> pods) {
    return new Watcher(List.copyOf(pods));
  }

  private void watch() {
    String last = "";
    for (int turn = 0; !over; turn++) {
      URI pod = pods.get(turn % pods.size());
      Map<String, String> headers = last.isEmpty() ? Map.of() : Map.of("Last-Event-ID", last);
      try (EventStream stream = new EventStream(pod, headers)) {
        if (stream.status() == 200) {
          streams.incrementAndGet();
          last = read(stream, last);
        }
      } catch (UncheckedIOException | IllegalStateException e) {
        // It is down, and the next one may not be; or this is over.
      }
      pause();
    }
  }

  private String read(EventStream stream, String before) {
    String last = before;
    while (!over) {
      Told told = stream.next();
      if (told.equals(Told.END)) {
        break;
      }
      if (!told.id().isEmpty()) {
        last = told.id();
      }
      if (!told.name().equals("comment") && !told.name().equals("end")) {
        Matcher peer = PEER.matcher(told.data());
        seen.add(
            new Seen(
                told.id(),
                told.name(),
                peer.find() ? peer.group(1) : "",
                told.data(),
                System.nanoTime()));
      }
    }
    return last;
  }

  private static void pause() {
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Everything but snapshots, in the order in which it was told. */
  List<Seen> events() {
    return seen.stream().filter(it -> !it.type().equals("snapshot")).toList();
  }

  /** How often it was told how all stands: once, unless something was forgotten. */
  int snapshots() {
    return (int) seen.stream().filter(it -> it.type().equals("snapshot")).count();
  }

  /** How many streams it has read. */
  int streams() {
    return streams.get();
  }

  /** What it was told of a peer, a word each. */
  List<String> of(String peer) {
    List<String> words = new ArrayList<>();
    for (Seen one : events()) {
      if (one.peer().equals(peer)) {
        words.add(one.type());
      }
    }
    return words;
  }

  @Override
  public void close() {
    over = true;
    thread.interrupt();
  }
}
