package dev.switchboard.signaling.delivery;

import dev.switchboard.bus.Pipeline;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Request;
import io.vertx.mutiny.redis.client.Response;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * The way to one node. A letter waits for those that are under way to be through, and for the end
 * of the event loop's turn, and then all that wait go together, in their order. That halves what a
 * letter between two busy nodes costs, because much of it is the price of a command.
 *
 * <p>Bounded: when too many wait, a further one comes back at once. Never blocks; safe from any
 * thread.
 */
final class Way {

  private static final Logger LOG = Logger.getLogger(Way.class);

  /** How many letters may wait. */
  private static final int BOUND = 16_384;

  /** How many characters of letters go together; one that is longer goes alone. */
  private static final int MOST = 256 * 1024;

  private final String channel;
  private final Pipeline pipeline;
  private final Queue<Waiting> waiting = new ArrayDeque<>();

  /** Whether a mail was announced to Redis that takes what waits when its turn comes. */
  private boolean announced;

  Way(String channel, Pipeline pipeline) {
    this.channel = channel;
    this.pipeline = pipeline;
  }

  /**
   * Sends a letter.
   *
   * @param notTaken told, on any thread, if nobody heard it, or nobody knows
   */
  void post(String letter, Consumer<Receipt> notTaken) {
    boolean full;
    boolean first = false;
    synchronized (waiting) {
      full = waiting.size() >= BOUND;
      if (!full) {
        waiting.add(new Waiting(letter, notTaken));
        first = !announced;
        announced = true;
      }
    }
    if (full) {
      notTaken.accept(Receipt.UNREACHABLE);
    } else if (first) {
      announce();
    }
  }

  private void announce() {
    Trip trip = new Trip();
    pipeline
        .send(() -> mail(trip))
        .subscribe()
        .with(heard -> heard(heard, trip), failure -> failed(failure, trip));
  }

  /** Takes what waits. */
  private Request mail(Trip trip) {
    Mail mail = new Mail();
    boolean more = false;
    synchronized (waiting) {
      if (!trip.over) {
        int length = 0;
        while (!waiting.isEmpty() && (length == 0 || length + waiting.element().length() <= MOST)) {
          Waiting next = waiting.remove();
          length += next.length();
          mail.add(next.letter);
          trip.letters.add(next);
        }
        more = !waiting.isEmpty();
        announced = more;
      }
    }
    if (more) {
      announce();
    }
    return Request.cmd(Command.SPUBLISH).arg(channel).arg(mail.text());
  }

  private static void heard(Response by, Trip trip) {
    if (by.toInteger() == 0) {
      trip.giveBack(Receipt.GONE);
    }
  }

  private void failed(Throwable failure, Trip trip) {
    LOG.debugf("nothing goes to %s: %s", channel, failure.getMessage());
    synchronized (waiting) {
      trip.over = true;
      if (trip.letters.isEmpty()) { // its turn never came
        trip.letters.addAll(waiting);
        waiting.clear();
        announced = false;
      }
    }
    trip.giveBack(Receipt.UNREACHABLE);
  }

  /** A mail, and the letters in it once its turn has come. */
  private static final class Trip {
    private final List<Waiting> letters = new ArrayList<>();
    private boolean over;

    private void giveBack(Receipt why) {
      letters.forEach(letter -> letter.notTaken.accept(why));
    }
  }

  private record Waiting(String letter, Consumer<Receipt> notTaken) {

    private int length() {
      return letter.length();
    }
  }
}
