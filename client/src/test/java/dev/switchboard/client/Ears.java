package dev.switchboard.client;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Keeps what a client is told. */
final class Ears implements Consumer<Event> {

  private static final long PATIENCE_SECONDS = 60;

  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

  @Override
  public void accept(Event event) {
    events.add(event);
  }

  Event next() throws InterruptedException {
    Event event = events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (event == null) {
      throw new AssertionError("nothing was told");
    }
    return event;
  }

  /** The next one of a kind; what comes before it is dropped. */
  <T extends Event> T next(Class<T> kind) throws InterruptedException {
    Event event = next();
    while (!kind.isInstance(event)) {
      event = next();
    }
    return kind.cast(event);
  }

  List<Event> unread() {
    return List.copyOf(events);
  }
}
