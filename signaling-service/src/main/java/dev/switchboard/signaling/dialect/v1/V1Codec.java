package dev.switchboard.signaling.dialect.v1;

import dev.switchboard.signaling.dialect.Codec;
import dev.switchboard.signaling.dialect.Decoded;
import dev.switchboard.signaling.dialect.json.Envelope;
import dev.switchboard.signaling.dialect.json.Scanned;
import dev.switchboard.signaling.protocol.Command;
import dev.switchboard.signaling.protocol.Event;
import dev.switchboard.signaling.protocol.Frame;
import dev.switchboard.signaling.protocol.Member;
import dev.switchboard.signaling.protocol.Outcome;
import dev.switchboard.signaling.protocol.Payload;
import dev.switchboard.signaling.protocol.Refusal;
import dev.switchboard.signaling.protocol.Refusal.Reason;
import dev.switchboard.signaling.protocol.SessionId;
import dev.switchboard.signaling.protocol.Signal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The frames of one connection; remembers a number and its client's {@code meta}. */
final class V1Codec implements Codec {

  private final V1Config config;
  private final FrameWriter writer;

  /** What a room that is joined without one is told. */
  private String meta = "";

  private long lastId;
  private volatile State state = State.NEW;

  V1Codec(V1Config config, FrameWriter writer) {
    this.config = config;
    this.writer = writer;
  }

  private enum State {
    NEW,
    WELCOME,
    GONE
  }

  @Override
  public Decoded decode(String frame) {
    if (state == State.GONE) {
      return new Decoded.Idle();
    }
    return switch (Envelope.scan(frame)) {
      case Scanned.Malformed(Refusal refusal) -> new Decoded.NotUnderstood(refusal);
      case Envelope envelope -> decode(new Fields(envelope));
    };
  }

  private Decoded decode(Fields fields) {
    Optional<String> type = fields.text("type");
    if (type.isEmpty()) {
      return badField("type", Optional.empty());
    }
    boolean isHello = type.get().equals("hello");
    if (state == State.NEW) {
      return isHello
          ? hello(fields)
          : new Decoded.NotUnderstood(Refusal.of(Reason.NO_NAME), idAsItStands(fields));
    }
    return switch (type.get()) {
      case "ack" -> ack(fields);
      case "token", "bye" -> fields.has("id") ? numbered(type.get(), fields) : plain(fields);
      default -> numbered(type.get(), fields);
    };
  }

  private Decoded hello(Fields fields) {
    Optional<String> wrong = fields.wronglyTyped("name", "token", "resume", "epoch");
    if (wrong.isPresent()) {
      return badField(wrong.get(), Optional.empty());
    }
    Optional<String> described = meta(fields, "");
    if (described.isEmpty()) {
      return badField("meta", Optional.empty());
    }
    meta = described.get();
    OptionalLong seq = fields.has("seq") ? fields.number("seq") : OptionalLong.of(0);
    if (seq.isEmpty()) {
      return badField("seq", Optional.empty());
    }
    Command.Claim claim = new Command.Claim(fields.text("name"), config.sessionsPerPeer(), meta);
    Command command =
        fields
            .text("resume")
            .<Command>map(ticket ->
                new Command.Resume(
                    ticket, seq.getAsLong(), fields.text("epoch").orElse(""), Optional.of(claim)))
            .orElse(claim);
    return fields
        .text("token")
        .<Decoded>map(token -> new Decoded.Presented(token, Optional.of(command), Optional.empty()))
        .orElseGet(() -> new Decoded.Understood(command));
  }

  private static Decoded ack(Fields fields) {
    OptionalLong seq = fields.number("seq");
    return seq.isPresent()
        ? new Decoded.Understood(new Command.Acknowledge(seq.getAsLong()))
        : badField("seq", Optional.empty());
  }

  private Decoded plain(Fields fields) {
    return fields.text("type").equals(Optional.of("bye"))
        ? bye(Optional.empty())
        : token(fields, Optional.empty());
  }

  private Decoded numbered(String type, Fields fields) {
    OptionalLong number = fields.number("id");
    Optional<String> id = idAsItStands(fields);
    if (number.isEmpty() || !mayBe(number.getAsLong(), type)) {
      return badField("id", id);
    }
    lastId = Math.max(lastId, number.getAsLong());
    return switch (type) {
      case "join" -> join(fields, id);
      case "leave" -> room(fields, id, Command.Leave::new);
      case "signal" -> signal(fields, id);
      case "update" -> update(fields, id);
      case "roster" -> roster(fields, id);
      case "token" -> token(fields, id);
      case "bye" -> bye(id);
      default -> new Decoded.NotUnderstood(new Refusal(Reason.UNKNOWN_COMMAND, type), id);
    };
  }

  /** What changes something may be said again: it is answered as before. */
  private boolean mayBe(long id, String type) {
    return id > lastId
        || switch (type) {
          case "join", "leave", "signal", "update" -> id > 0;
          default -> false;
        };
  }

  private Decoded join(Fields fields, Optional<String> id) {
    return meta(fields, meta)
        .map(described ->
            room(fields, id, room -> new Command.Join(room, config.roomCapacity(), described)))
        .orElseGet(() -> badField("meta", id));
  }

  private Decoded update(Fields fields, Optional<String> id) {
    Optional<String> described = fields.object("meta", config.meta().asLongValue());
    described.ifPresent(now -> meta = now);
    return described
        .<Decoded>map(now -> new Decoded.Understood(new Command.Describe(now), id))
        .orElseGet(() -> badField("meta", id));
  }

  private Decoded roster(Fields fields, Optional<String> id) {
    OptionalLong after = fields.has("cursor") ? fields.number("cursor") : OptionalLong.of(0);
    return after.isEmpty()
        ? badField("cursor", id)
        : room(fields, id, room -> new Command.List(room, after.getAsLong(), config.rosterPage()));
  }

  private Decoded signal(Fields fields, Optional<String> id) {
    Optional<Payload> data = fields.payload("data");
    if (data.isEmpty()) {
      return badField("data", id);
    }
    List<String> receivers = List.of("to", "session", "room").stream().filter(fields::has).toList();
    return receivers.size() == 1
        ? signal(receivers.getFirst(), fields, data.get(), id)
        : badField(receivers.isEmpty() ? "to" : receivers.getLast(), id);
  }

  private Decoded signal(String receiver, Fields fields, Payload data, Optional<String> id) {
    Optional<Command> command =
        switch (receiver) {
          case "to" -> fields.text(receiver).map(to -> new Command.Send(to, Signal.DATA, data));
          case "session" ->
              fields
                  .session(receiver)
                  .map(to -> new Command.SendToSession(new SessionId(to), data));
          default -> fields.text(receiver).map(room -> new Command.Publish(room, data));
        };
    return command
        .<Decoded>map(it -> new Decoded.Understood(it, id))
        .orElseGet(() -> badField(receiver, id));
  }

  private static Decoded token(Fields fields, Optional<String> id) {
    return fields
        .text("token")
        .<Decoded>map(token -> new Decoded.Presented(token, Optional.empty(), id))
        .orElseGet(() -> badField("token", id));
  }

  private Decoded bye(Optional<String> id) {
    state = State.GONE;
    return new Decoded.Understood(new Command.Depart(), id);
  }

  private static Decoded room(Fields fields, Optional<String> id, InRoom command) {
    return fields
        .text("room")
        .<Decoded>map(room -> new Decoded.Understood(command.in(room), id))
        .orElseGet(() -> badField("room", id));
  }

  /** Empty if it is there and not as it has to be. */
  private Optional<String> meta(Fields fields, String otherwise) {
    return fields.has("meta")
        ? fields.object("meta", config.meta().asLongValue())
        : Optional.of(otherwise);
  }

  /** What the client will know the answer by, if it could be an id. */
  private static Optional<String> idAsItStands(Fields fields) {
    OptionalLong id = fields.number("id");
    return id.isPresent() ? Optional.of(Long.toString(id.getAsLong())) : Optional.empty();
  }

  private static Decoded badField(String key, Optional<String> id) {
    return new Decoded.NotUnderstood(new Refusal(Reason.BAD_FIELD, key), id);
  }

  @Override
  public Frame encode(SessionId self, Event event) {
    throw new IllegalArgumentException("everything that this dialect tells has a number");
  }

  @Override
  public Frame encode(SessionId self, long number, Event event) {
    return new Frame.Text(
        switch (event) {
          case Event.Received received -> writer.received(self, number, received);
          case Event.Published published -> writer.published(self, number, published);
          case Event.MemberJoined(String room, Member member, var _) ->
              writer.member("peer-joined", self, number, room, member);
          case Event.MemberUpdated(String room, Member member) ->
              writer.member("peer-updated", self, number, room, member);
          case Event.MemberLeft left -> writer.left(number, left);
          case Event.Admitted admitted -> writer.admitted(self, number, admitted);
          case Event.Unread unread -> writer.unread(number, unread);
          case Event.HungUp _, Event.Reflected _, Event.Undelivered _, Event.Superseded _ ->
              throw new IllegalArgumentException("nobody of this dialect has partners or mirrors");
        });
  }

  @Override
  public List<Frame> answer(SessionId self, Optional<String> id, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Welcomed welcomed -> {
        state = State.WELCOME;
        meta = welcomed.meta();
        yield List.of(frame(writer.welcome(welcomed)));
      }
      case Outcome.Refused(Refusal refusal) -> {
        if (state == State.GONE) {
          state = State.WELCOME; // A bye that was refused was none.
        }
        yield List.of(new Frame.Text(writer.error(id, refusal)));
      }
      case Outcome.Listed listed ->
          id.map(n -> writer.listed(self, n, listed)).map(V1Codec::frame).stream().toList();
      case Outcome.Done _, Outcome.Left _, Outcome.Joined _, Outcome.Named _ ->
          id.map(writer::done).map(V1Codec::frame).stream().toList();
    };
  }

  private static Frame frame(String text) {
    return new Frame.Text(text);
  }

  @Override
  public Optional<Frame> expiring(Duration left) {
    return state == State.WELCOME ? Optional.of(frame(writer.expiring(left))) : Optional.empty();
  }

  @Override
  public Optional<Frame> draining(Duration within) {
    return state == State.WELCOME ? Optional.of(frame(writer.draining(within))) : Optional.empty();
  }

  /** A command about a room. */
  @FunctionalInterface
  private interface InRoom {
    Command in(String room);
  }
}
