package dev.switchboard.presence.webhook;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.switchboard.bus.ChangeId;
import dev.switchboard.bus.Outage;
import dev.switchboard.presence.board.PresenceEvent;
import dev.switchboard.presence.feed.Audience;
import dev.switchboard.presence.feed.Feed;
import dev.switchboard.presence.feed.Follower;
import dev.switchboard.presence.feed.Standing;
import dev.switchboard.presence.view.ViewText;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Queues what happens in a receiver's realm. Every pod does so, and the queue's cursor sees to it
 * that each event is queued once. Nothing waits here: that something happened is a reason to read
 * the realm's history from where the queue is, so whatever went wrong, the next reading makes up
 * for it. Where the history does not go back so far, the receiver is told to read the state itself.
 */
final class Filler implements Audience {

  private static final Logger LOG = Logger.getLogger(Filler.class);

  /** How many events are queued in one step. */
  private static final int PAGE = 100;

  private final Receiver receiver;
  private final Feed feed;
  private final Spool spool;
  private final ObjectMapper json;
  private final Executor loop;
  private final Runnable filled;
  private final Turns turns;
  private final Outage outage;
  private final Outage overflow;

  private @Nullable Follower follower;

  /** What Redis said last; empty before it was asked, and when it does not know. */
  private String cursor = "";

  /** Up to here this pod's history is queued. */
  private ChangeId position = ChangeId.NONE;

  private boolean knewCursor;

  /**
   * @param filled run when there is something new to deliver; it must return at once
   */
  Filler(
      Receiver receiver,
      Feed feed,
      Spool spool,
      ObjectMapper json,
      Executor loop,
      Runnable filled) {
    this.receiver = receiver;
    this.feed = feed;
    this.spool = spool;
    this.json = json;
    this.loop = loop;
    this.filled = filled;
    String name = "webhook " + receiver.name();
    this.outage = new Outage(LOG, name + ": queueing what happens");
    this.overflow = new Outage(LOG, name + ": room in its queue");
    this.turns = new Turns(loop, this::step, outage::began);
  }

  @Override
  public void told(List<PresenceEvent> events) {
    turns.ask();
  }

  /** In case something went wrong; any thread. */
  void beat() {
    turns.ask();
  }

  /** From now on it is not told what happens; any thread. */
  void stop() {
    loop.execute(() -> {
      Follower followed = follower;
      if (followed != null) {
        followed.remove(this);
      }
    });
  }

  private Uni<Boolean> step() {
    Follower followed = follower;
    return followed == null ? follow() : followed.look(this::next);
  }

  private Uni<Boolean> follow() {
    return feed.current(receiver.realm())
        .emitOn(loop)
        .invoke(current -> {
          follower = current;
          current.add(this);
        })
        .replaceWith(true);
  }

  private Uni<Boolean> next(Standing standing) {
    if (cursor.isEmpty()) {
      // Who had a cursor and finds none knows that something is lost. A new webhook has none.
      return restart(standing, knewCursor);
    }
    Optional<List<PresenceEvent>> later = standing.history().after(position);
    if (later.isEmpty()) {
      return restart(standing, true);
    }
    List<PresenceEvent> events = later.get();
    if (events.isEmpty()) {
      outage.ended();
      return Uni.createFrom().item(false);
    }
    List<PresenceEvent> page = events.subList(0, Math.min(PAGE, events.size()));
    return Uni.createFrom()
        .item(page)
        .map(this::items)
        .chain(spool::fill)
        .emitOn(loop)
        .map(level -> reached(level, page.getLast().id()));
  }

  private Uni<Boolean> restart(Standing standing, boolean tell) {
    String body = tell ? ViewText.of(json, Payload.resync(standing.id())) : "";
    return spool
        .restart(cursor, standing.id(), body)
        .emitOn(loop)
        .map(level -> reached(level, ChangeId.NONE));
  }

  private List<Spool.Item> items(List<PresenceEvent> events) {
    return events.stream()
        .map(event ->
            new Spool.Item(
                event.id(),
                event.peer(),
                receiver.wants(event) ? ViewText.of(json, Payload.of(event)) : ""))
        .toList();
  }

  /** Whether to go on at once. */
  private boolean reached(Spool.Level level, ChangeId upTo) {
    cursor = level.cursor();
    outage.ended();
    if (level.full()) {
      overflow.began(new IllegalStateException("full, at " + receiver.settings().queue()));
      return false;
    }
    overflow.ended();
    filled.run();
    Optional<ChangeId> reached = ChangeId.parse(cursor);
    knewCursor |= reached.isPresent();
    // What others have queued is passed over; what is a part of what they have, too.
    position = reached.filter(it -> it.compareTo(upTo) > 0).orElse(upTo);
    return true;
  }
}
