package dev.switchboard.bench;

import dev.switchboard.bench.dialect.Dialect;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One of a pair or a crowd: logs in, sends what is next for its side, and has judged what comes.
 */
final class Peer implements Line.Listener {

  /** Who decides when something is sent. */
  interface Lead {
    void loggedIn(Peer peer);

    /** A whole message came that was for this peer; {@link #newest} says which. */
    void received(Peer peer);
  }

  private static final String SEQ = "\"seq\":";

  private final Dialect dialect;
  private final Tally tally;
  private final Lead lead;
  private final int pair;
  private final Side side;
  private final String name;
  private final String partner;
  private final Arrivals arrivals;
  private final String acknowledgement;
  private @Nullable Line line;
  private @Nullable Outgoing description;
  private @Nullable Outgoing candidate;
  private boolean loggedIn;
  private boolean leaving;
  private long sent;
  private long received;

  /**
   * @param run which is part of the names, so that no two runs get in each other's way
   */
  Peer(Dialect dialect, Tally tally, Lead lead, String run, int pair, Side side) {
    this(dialect, tally, lead, pair, side, side.name(run, pair), side.other().name(run, pair));
  }

  Peer(Dialect dialect, Tally tally, Lead lead, int pair, Side side, String name, String partner) {
    this.dialect = dialect;
    this.tally = tally;
    this.lead = lead;
    this.pair = pair;
    this.side = side;
    this.name = name;
    this.partner = partner;
    this.arrivals = new Arrivals(pair, side.other());
    this.acknowledgement = dialect.acknowledgement();
  }

  void connect(Loop loop, InetSocketAddress address) throws IOException {
    line = Line.to(loop, address, dialect.path(), dialect.subprotocol(), this);
  }

  int pair() {
    return pair;
  }

  Side side() {
    return side;
  }

  boolean isLoggedIn() {
    return loggedIn;
  }

  boolean hasEnded() {
    return line == null || line.hasEnded();
  }

  long sent() {
    return sent;
  }

  /** The number of the message that came last, on its sender's side. */
  long newest() {
    return arrivals.newest();
  }

  /** How many of so many that its partner sent have not come. */
  long lostOf(long sentToIt) {
    return arrivals.lostOf(sentToIt);
  }

  /** Sends the next message of its side. */
  void send() {
    send(outgoing(Kind.of(side, sent)).of(sent));
    sent++;
  }

  void leave() {
    leaving = true;
    if (line != null) {
      line.leave();
    }
  }

  @Override
  public void opened() {
    dialect.greeting(name, partner).ifPresent(this::say);
  }

  @Override
  public void heard(ByteBuffer text) {
    if (!loggedIn) {
      logIn(textOf(text));
      return;
    }
    Arrivals.Verdict verdict = arrivals.judge(text);
    switch (verdict) {
      case GOOD, EARLY, OVERTAKEN -> {
        tally.count(verdict);
        received++;
        if (dialect.receiptEvery() > 0 && received % dialect.receiptEvery() == 0) {
          say(dialect.receipt(numberOf(textOf(text))));
        }
        lead.received(this);
      }
      case REPEATED, MISDELIVERED, ALTERED -> tally.count(verdict);
      case UNSTAMPED -> unstamped(text);
    }
  }

  @Override
  public void ended(String why) {
    if (!leaving) {
      tally.countUnexpected(name + " was cut off: " + why);
    }
  }

  private void logIn(String heard) {
    switch (dialect.next(heard, name, partner)) {
      case Dialect.Step.Say(String text) -> say(text);
      case Dialect.Step.LoggedIn() -> {
        loggedIn = true;
        lead.loggedIn(this);
      }
      case Dialect.Step.Refused() -> tally.countUnexpected(name + " was not let in: " + heard);
    }
  }

  private void unstamped(ByteBuffer text) {
    if (!acknowledgement.isEmpty() && startsWith(text, acknowledgement)) {
      tally.countAcknowledgement();
      return;
    }
    String heard = textOf(text);
    dialect
        .answer(heard)
        .ifPresentOrElse(
            this::say,
            () -> {
              if (!leaving && !dialect.isNews(heard)) {
                tally.countUnexpected(name + " heard " + heard);
              }
            });
  }

  private Outgoing outgoing(Kind kind) {
    return switch (kind) {
      case OFFER, ANSWER -> {
        if (description == null) {
          description = new Outgoing(dialect, kind, pair, side, name, partner);
        }
        yield description;
      }
      case CANDIDATE -> {
        if (candidate == null) {
          candidate = new Outgoing(dialect, kind, pair, side, name, partner);
        }
        yield candidate;
      }
    };
  }

  private void say(String text) {
    send(Frames.text(text));
  }

  private void send(ByteBuffer frame) {
    if (line != null) {
      line.send(frame);
    }
  }

  private static boolean startsWith(ByteBuffer text, String start) {
    if (text.remaining() < start.length()) {
      return false;
    }
    for (int i = 0; i < start.length(); i++) {
      if (text.get(text.position() + i) != start.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static String textOf(ByteBuffer text) {
    return StandardCharsets.UTF_8.decode(text.duplicate()).toString();
  }

  private static long numberOf(String message) {
    int begin = message.indexOf(SEQ) + SEQ.length();
    int end = begin;
    while (Character.isDigit(message.charAt(end))) {
      end++;
    }
    return Long.parseLong(message.substring(begin, end));
  }
}
