package dev.switchboard.client;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What a client speaks through: one connection at a time, another one when that is lost, and for
 * the length of a move two. For the loop alone.
 */
final class Line implements Connection.Owner {

  /** What it asks of its client and tells it. */
  interface Talk {

    /** The frame that a connection begins with. */
    String hello();

    /** A hello was refused; true: say it again, on the same connection. */
    boolean mayTryAgain(Frame error);

    void welcomed(Frame welcome);

    void heard(Frame frame);

    void lost(int code);

    void ended(int code, String reason);
  }

  private static final int SILENT_HEARTBEATS = 3;

  private final Loop loop;
  private final List<URI> endpoints;
  private final Duration openWithin;
  private final Backoff backoff;
  private final RandomGenerator random;
  private final Talk talk;

  /** The one that was welcomed. */
  private @Nullable Connection current;

  /** The one that is on its way to be. */
  private @Nullable Connection opening;

  /** When the next attempt begins, or the one under way has taken too long. */
  private @Nullable Future<?> attempt;

  private @Nullable Future<?> heartbeat;
  private int next;
  private int opened;

  /**
   * Hellos that were said on connections that ended before an answer. One may arrive late, after
   * that of a newer connection, and supersede it.
   */
  private int lostHellos;

  private boolean ended;

  Line(Loop loop, Options options, RandomGenerator random, Talk talk) {
    this.loop = loop;
    this.endpoints = options.endpoints();
    this.openWithin = options.openWithin();
    this.backoff = new Backoff(options.backoffFloor(), options.backoffCeiling(), random);
    this.random = random;
    this.talk = talk;
  }

  /** Opens a connection to the next endpoint. */
  void open() {
    cancel(attempt);
    if (ended) {
      return;
    }
    opened++;
    Connection connection =
        Connection.open(loop, endpoints.get(next++ % endpoints.size()), openWithin, this);
    opening = connection;
    attempt =
        loop.after(
            openWithin,
            () -> {
              connection.abort();
              lost(connection, Ending.of(CloseCodes.BROKEN, "no welcome in time"));
            });
  }

  /** How many connections it has begun to open. */
  int opened() {
    return opened;
  }

  boolean isOpen() {
    return current != null;
  }

  /** Whether it has a connection, and another one is on its way to take its place. */
  boolean isMoving() {
    return current != null && opening != null;
  }

  /** Sends a frame if there is a connection. */
  void send(String frame) {
    if (current != null) {
      current.send(frame);
    }
  }

  /** Drops what is open as a network does, and comes back after so long at the soonest. */
  void breakOff(Duration away) {
    boolean had = current != null;
    dropAll();
    if (had) {
      talk.lost(CloseCodes.BROKEN);
    }
    openAfter(longer(backoff.next(), away));
  }

  /** Ends without coming back. */
  void end(int code, String reason) {
    if (!ended) {
      ended = true;
      if (current != null) {
        retire(current);
        current = null;
      }
      dropAll();
      talk.ended(code, reason);
    }
  }

  /** Says good-bye; where nobody answers, that is the end of it all the same. */
  private void retire(Connection connection) {
    connection.close();
    dropLater(connection);
  }

  private void dropLater(Connection connection) {
    var _ = loop.after(openWithin, connection::abort);
  }

  private void dropAll() {
    cancel(attempt);
    cancel(heartbeat);
    if (current != null) {
      current.abort();
    }
    if (opening != null) {
      opening.abort();
    }
    current = null;
    opening = null;
  }

  @Override
  public void opened(Connection connection) {
    lostHellos++;
    connection.send(talk.hello());
  }

  @Override
  public void heard(Connection connection, String text) {
    if (ended || (connection != current && connection != opening)) {
      return; // It was moved away from, and says what the new one says as well.
    }
    Frame frame = Frame.read(text);
    if (connection == opening) {
      lostHellos--;
      heardBeforeWelcome(connection, frame);
    } else {
      if (frame.text("type").equals("drain")) {
        move(Duration.ofMillis(frame.number("within")));
      }
      talk.heard(frame);
    }
  }

  private void heardBeforeWelcome(Connection connection, Frame frame) {
    switch (frame.text("type")) {
      case "welcome" -> welcomed(connection, frame);
      case "error" -> {
        if (talk.mayTryAgain(frame)) {
          lostHellos++;
          connection.send(talk.hello());
        } else {
          int code = frame.flag("retry") ? CloseCodes.BROKEN : CloseCodes.NOT_WELCOME;
          retire(connection);
          lost(connection, Ending.of(code, frame.text("code")));
        }
      }
      default -> {}
    }
  }

  private void welcomed(Connection connection, Frame welcome) {
    cancel(attempt);
    cancel(heartbeat);
    if (current != null) {
      // The service closes it, which has its session here now.
      dropLater(current);
    }
    current = connection;
    opening = null;
    backoff.reset();
    watch(connection, Duration.ofSeconds(welcome.number("heartbeat")));
    talk.welcomed(welcome);
  }

  private void watch(Connection connection, Duration beat) {
    if (beat.isPositive()) {
      heartbeat = loop.after(beat, () -> checkPulse(connection, beat));
    }
  }

  private void checkPulse(Connection connection, Duration beat) {
    long silent = System.nanoTime() - connection.lastHeard();
    if (connection != current) {
      return;
    }
    if (silent > beat.toNanos() * SILENT_HEARTBEATS) {
      connection.abort();
      lost(connection, Ending.of(CloseCodes.BROKEN, "nothing heard"));
    } else {
      watch(connection, beat);
    }
  }

  private void move(Duration within) {
    if (opening == null) {
      openAfter(Duration.ofMillis(random.nextLong(Math.max(1, within.toMillis()))));
    }
  }

  @Override
  public void lost(Connection connection, Ending ending) {
    if (ended) {
      return;
    }
    if (connection == opening) {
      opening = null;
      cancel(attempt);
      comeBack(ending);
    } else if (connection == current) {
      current = null;
      cancel(heartbeat);
      if (opening != null) {
        // That one decides: it may be why this one was closed.
        talk.lost(ending.code());
        return;
      }
      Ending meant = isSupersededByItself(ending) ? Ending.of(CloseCodes.BROKEN, "") : ending;
      if (meant.meansComeBack()) {
        talk.lost(ending.code());
      }
      comeBack(meant);
    }
  }

  private boolean isSupersededByItself(Ending ending) {
    boolean mayBe = ending.code() == CloseCodes.SUPERSEDED && lostHellos > 0;
    lostHellos = mayBe ? 0 : lostHellos;
    return mayBe;
  }

  /** With a connection that is still there, a move that failed for good is none. */
  private void comeBack(Ending ending) {
    if (ending.meansComeBack()) {
      Duration wait = backoff.next();
      boolean hasOneEndpoint = endpoints.size() == 1;
      openAfter(hasOneEndpoint ? longer(wait, ending.retryAfter()) : wait);
    } else if (current == null) {
      end(ending.code(), ending.reason());
    }
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  private void openAfter(Duration wait) {
    cancel(attempt);
    attempt = loop.after(wait, this::open);
  }

  private static void cancel(@Nullable Future<?> task) {
    if (task != null) {
      task.cancel(false);
    }
  }
}
