package dev.switchboard.presence.watch;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.switchboard.presence.board.PresenceEvent;
import dev.switchboard.presence.feed.Audience;
import dev.switchboard.presence.view.EventView;
import dev.switchboard.presence.view.ViewText;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Those who watch one realm. Guarded by the realm's follower. An event is encoded once for all. */
final class Watchers implements Audience {

  private final ObjectMapper json;
  private final Consumer<Watcher> gone;
  private final Set<Watcher> watchers = new LinkedHashSet<>();

  /**
   * @param gone told of each that is not there any more because it was too slow
   */
  Watchers(ObjectMapper json, Consumer<Watcher> gone) {
    this.json = json;
    this.gone = gone;
  }

  void add(Watcher watcher) {
    watchers.add(watcher);
  }

  boolean remove(Watcher watcher) {
    return watchers.remove(watcher);
  }

  boolean isEmpty() {
    return watchers.isEmpty();
  }

  @Override
  public void told(List<PresenceEvent> events) {
    for (PresenceEvent event : events) {
      @Nullable Telling telling = null;
      for (Watcher watcher : List.copyOf(watchers)) {
        if (watcher.mayHear(event)) {
          telling = telling == null ? telling(event) : telling;
          tell(watcher, telling);
        }
      }
    }
  }

  Telling telling(PresenceEvent event) {
    return new Telling(event.id().toString(), event.kind().word(), text(EventView.of(event)));
  }

  String text(Object view) {
    return ViewText.of(json, view);
  }

  private void tell(Watcher watcher, Telling telling) {
    if (!watcher.tell(telling) && !telling.isLast()) {
      gone.accept(watcher);
    }
  }

  /** Signs of life, and the end of those whose token is over. */
  void beat(Duration heartbeat) {
    Instant now = Instant.now();
    long nanos = System.nanoTime();
    for (Watcher watcher : new ArrayList<>(watchers)) {
      if (watcher.isExpired(now)) {
        tell(watcher, Telling.EXPIRED);
      } else if (watcher.isSilent(nanos, heartbeat)) {
        tell(watcher, Telling.HEARTBEAT);
      }
    }
  }

  void stop() {
    new ArrayList<>(watchers).forEach(watcher -> tell(watcher, Telling.STOPPING));
  }
}
