package dev.switchboard.client;

import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A client of protocol v1 (docs/protocol.md).
 *
 * <p>It comes back by itself when its connection ends, resumes its session, and sends again what
 * was not answered, in order and under the same ids. What was answered by {@link Answer.Ok} was
 * done once. Where the session could not be resumed, the unanswered is {@link Answer.Unknown}, and
 * rooms are joined anew.
 *
 * <p>Methods may be called from any thread, and take effect in the order of the calls. Events come
 * and answers complete on the loop's thread, in the order of the frames; a listener must not block.
 */
public final class Client implements AutoCloseable {

  private final Loop loop;
  private final Options options;
  private final Consumer<Event> listener;
  private final Window window;
  private final Line line;

  /** The rooms that it was let into and has not left, with what it said of itself there. */
  private final Map<String, Optional<String>> rooms = new LinkedHashMap<>();

  private @Nullable Session session;
  private @Nullable Future<?> ackTimer;
  private long lastId;

  /** The highest number that the service was told of, and the one that the last hello told. */
  private long acked;

  private long shown;
  private boolean welcomedBefore;
  private boolean closed;
  private long resumes;
  private long sentAgain;
  private long duplicates;
  private long gaps;

  private Client(Loop loop, Options options, RandomGenerator random, Consumer<Event> listener) {
    this.loop = loop;
    this.options = options;
    this.listener = listener;
    this.window = new Window(options.window());
    this.line = new Line(loop, options, random, new Talk());
  }

  /** Begins to connect and returns at once; {@link Event.Welcomed} says when it has. */
  public static Client connect(Loop loop, Options options, Consumer<Event> listener) {
    return connect(loop, options, () -> ThreadLocalRandom.current().nextLong(), listener);
  }

  static Client connect(
      Loop loop, Options options, RandomGenerator random, Consumer<Event> listener) {
    Client client = new Client(loop, options, random, listener);
    loop.execute(client.line::open);
    return client;
  }

  /** Sends JSON to whom it is for. */
  public CompletableFuture<Answer> signal(Target target, String data) {
    return command(id -> Words.signal(id, target, data), _ -> {});
  }

  public CompletableFuture<Answer> join(String room) {
    return join(room, Optional.empty());
  }

  /** Joins a room, and again by itself whenever a fresh session is not in it. */
  public CompletableFuture<Answer> join(String room, Optional<String> meta) {
    return command(
        id -> Words.of("join", id).with("room", room).withJson("meta", meta),
        answer -> {
          if (answer instanceof Answer.Ok) {
            rooms.put(room, meta);
          }
        });
  }

  public CompletableFuture<Answer> leave(String room) {
    loop.execute(() -> rooms.remove(room));
    // Once more with the answer: that of a join before it may have come in between.
    return command(id -> Words.of("leave", id).with("room", room), _ -> rooms.remove(room));
  }

  /** Says something else of itself, to all its rooms. */
  public CompletableFuture<Answer> update(String meta) {
    return command(id -> Words.of("update", id).withJson("meta", meta), _ -> {});
  }

  /** A page of who is in a room; an empty cursor asks for the first. */
  public CompletableFuture<Answer> roster(String room, Optional<String> cursor) {
    return command(
        id -> Words.of("roster", id).with("room", room).withJson("cursor", cursor), _ -> {});
  }

  /** Presents a token that lasts longer. */
  public CompletableFuture<Answer> renew(String token) {
    return command(id -> Words.of("token", id).with("token", token), _ -> {});
  }

  /**
   * Drops its connection as a broken network does, without a word, and comes back after so long at
   * the soonest. For tests of faults.
   */
  public void breakOff(Duration away) {
    loop.execute(() -> {
      if (!closed) {
        line.breakOff(away);
      }
    });
  }

  /** What it has done so far; completes on the loop's thread. */
  public CompletableFuture<Counts> counts() {
    CompletableFuture<Counts> counts = new CompletableFuture<>();
    loop.execute(
        () -> counts.complete(new Counts(line.opened(), resumes, sentAgain, duplicates, gaps)));
    return counts;
  }

  /**
   * Ends the session, if there is a connection to say so through; what is unanswered is unknown.
   */
  @Override
  public void close() {
    loop.execute(() -> {
      acknowledge(); // What is not would be told to its senders as undelivered.
      line.send(Words.of("bye").frame());
      line.end(CloseCodes.NORMAL, "");
    });
  }

  private CompletableFuture<Answer> command(LongFunction<Words> words, Consumer<Answer> done) {
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    loop.execute(() -> {
      if (closed) {
        answer.complete(new Answer.Refused(0, Answer.CLOSED, "This client is closed.", false));
      } else if (window.isFull()) {
        answer.complete(new Answer.Refused(0, Answer.WINDOW, "Too much is unanswered.", true));
      } else {
        dispatch(words, done, answer);
      }
    });
    return answer;
  }

  private void dispatch(
      LongFunction<Words> words, Consumer<Answer> done, CompletableFuture<Answer> answer) {
    long id = ++lastId;
    Window.Pending pending = new Window.Pending(id, words.apply(id).frame(), done, answer);
    window.add(pending);
    line.send(pending.frame());
  }

  private void read(Frame frame) {
    switch (frame.text("type")) {
      case "ok" -> {
        see(frame);
        settle(
            new Answer.Ok(
                frame.number("id"), frame.members("peers"), frame.optionalText("cursor")));
      }
      case "error" -> refused(frame);
      case "signal" ->
          once(
              frame,
              new Event.Signalled(
                  frame.number("seq"),
                  frame.optionalText("room"),
                  frame.text("from"),
                  frame.text("session"),
                  frame.flag("polite"),
                  frame.opaque("data").orElse("")));
      case "peer-joined" ->
          once(
              frame, new Event.PeerJoined(frame.number("seq"), frame.text("room"), frame.member()));
      case "peer-updated" ->
          once(
              frame,
              new Event.PeerUpdated(frame.number("seq"), frame.text("room"), frame.member()));
      case "peer-left" ->
          once(
              frame,
              new Event.PeerLeft(
                  frame.number("seq"),
                  frame.text("room"),
                  frame.text("peer"),
                  frame.text("session"),
                  frame.text("reason")));
      case "undelivered" ->
          once(
              frame,
              new Event.Undelivered(
                  frame.text("to"),
                  frame.optionalText("session"),
                  frame.numbers("ids"),
                  frame.optionalText("code")));
      case "token-expiring" ->
          listener.accept(new Event.TokenExpiring(Duration.ofSeconds(frame.number("in"))));
      case "drain" ->
          listener.accept(new Event.Draining(Duration.ofMillis(frame.number("within"))));
      default -> {} // A later version may say more.
    }
  }

  private void refused(Frame frame) {
    if (frame.has("id")) {
      settle(
          new Answer.Refused(
              frame.number("id"), frame.text("code"), frame.text("message"), frame.flag("retry")));
    } else {
      listener.accept(new Event.Complaint(frame.text("code"), frame.text("message")));
    }
  }

  private void settle(Answer answer) {
    window.take(answer.id()).ifPresent(pending -> pending.settle(answer));
  }

  /** Passes on what has not come before. */
  private void once(Frame frame, Event event) {
    if (see(frame)) {
      listener.accept(event);
    } else {
      duplicates++;
    }
  }

  /** Counts a numbered frame; false if it came before. */
  private boolean see(Frame frame) {
    Session now = session;
    if (now == null || !frame.has("seq")) {
      return true;
    }
    long seq = frame.number("seq");
    if (seq <= now.seq()) {
      return false;
    }
    if (seq > now.seq() + 1) {
      gaps++;
      listener.accept(new Event.Gap(now.seq() + 1, seq));
    }
    session = now.seen(seq);
    acknowledgeSoon();
    return true;
  }

  private void acknowledgeSoon() {
    if (session != null && session.seq() - acked >= options.ackEvery()) {
      acknowledge();
    } else if (ackTimer == null || ackTimer.isDone()) {
      ackTimer = loop.after(options.ackWithin(), this::acknowledge);
    }
  }

  /**
   * Not while it moves: what the hello on the new connection shows must not be less than what was
   * acknowledged on the old one.
   */
  private void acknowledge() {
    Session now = session;
    if (line.isMoving()) {
      ackTimer = loop.after(options.ackWithin(), this::acknowledge);
    } else if (now != null && line.isOpen() && now.seq() > acked) {
      acked = now.seq();
      line.send(Words.of("ack").with("seq", acked).frame());
    }
  }

  private void welcomed(Frame welcome) {
    Session before = session;
    boolean recovered = welcome.flag("recovered");
    boolean goesOn = before != null && welcome.flag("resumed") && recovered;
    session = before != null && goesOn ? before.resumed(welcome) : Session.begun(welcome);
    acked = goesOn ? shown : session.seq();
    resumes += goesOn ? 1 : 0;
    listener.accept(
        new Event.Welcomed(
            welcome.text("self"),
            session.id(),
            session.epoch(),
            welcome.flag("resumed"),
            recovered,
            welcome.texts("rooms")));
    if (welcomedBefore && !goesOn) {
      window.forget().forEach(pending -> pending.settle(new Answer.Unknown(pending.id())));
    }
    sendAgain(welcomedBefore);
    welcomedBefore = true;
    if (session.seq() > acked) {
      acknowledgeSoon();
    }
    rejoin(new HashSet<>(welcome.texts("rooms")));
  }

  private void sendAgain(boolean again) {
    for (Window.Pending pending : window.unanswered()) {
      sentAgain += again ? 1 : 0;
      line.send(pending.frame());
    }
  }

  private void rejoin(Set<String> alreadyIn) {
    rooms.forEach((room, meta) -> {
      if (!alreadyIn.contains(room)) {
        dispatch(
            id -> Words.of("join", id).with("room", room).withJson("meta", meta),
            answer -> listener.accept(new Event.Rejoined(room, answer)),
            new CompletableFuture<>());
      }
    });
  }

  private String hello() {
    Words words = Words.of("hello");
    Session now = session;
    if (now != null) {
      shown = now.seq();
      words.with("resume", now.ticket()).with("seq", shown).with("epoch", now.epoch());
    }
    options.name().ifPresent(name -> words.with("name", name));
    options.token().ifPresent(token -> words.with("token", token.get()));
    return words.withJson("meta", options.meta()).frame();
  }

  /** What the line asks, and tells. */
  private final class Talk implements Line.Talk {

    @Override
    public String hello() {
      return Client.this.hello();
    }

    /** A ticket that is refused for good is of no more use; a session that is still attached is. */
    @Override
    public boolean mayTryAgain(Frame error) {
      boolean hadTicket = session != null && !line.isOpen() && !error.flag("retry");
      if (hadTicket) {
        session = null;
      }
      return hadTicket;
    }

    @Override
    public void welcomed(Frame welcome) {
      Client.this.welcomed(welcome);
    }

    @Override
    public void heard(Frame frame) {
      read(frame);
    }

    @Override
    public void lost(int code) {
      listener.accept(new Event.Lost(code));
    }

    @Override
    public void ended(int code, String reason) {
      closed = true;
      window.forget().forEach(pending -> pending.settle(new Answer.Unknown(pending.id())));
      listener.accept(new Event.Closed(code, reason));
    }
  }
}
