package dev.switchboard.signaling.dialect.rooms;

import dev.switchboard.signaling.dialect.Codec;
import dev.switchboard.signaling.dialect.Decoded;
import dev.switchboard.signaling.dialect.json.Elements;
import dev.switchboard.signaling.dialect.json.Envelope;
import dev.switchboard.signaling.dialect.json.Scanned;
import dev.switchboard.signaling.dialect.json.Text;
import dev.switchboard.signaling.protocol.Command;
import dev.switchboard.signaling.protocol.Event;
import dev.switchboard.signaling.protocol.Frame;
import dev.switchboard.signaling.protocol.Member;
import dev.switchboard.signaling.protocol.Outcome;
import dev.switchboard.signaling.protocol.Payload;
import dev.switchboard.signaling.protocol.Refusal;
import dev.switchboard.signaling.protocol.Refusal.Reason;
import dev.switchboard.signaling.protocol.SessionId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The frames of the {@code rooms} dialect: {@code {"event":…,"args":[…],"ack":n}}, answered by
 * {@code {"ack":n,"args":[…]}} where there is an {@code ack}.
 */
final class RoomsCodec implements Codec {

  private static final int MOST_ARGS = 8;
  private static final int MOST_DIGITS = 15;

  private final int capacity;

  RoomsCodec(int capacity) {
    this.capacity = capacity;
  }

  @Override
  public Decoded decode(String frame) {
    return switch (Envelope.scan(frame)) {
      case Scanned.Malformed(Refusal refusal) -> new Decoded.NotUnderstood(refusal);
      case Envelope envelope -> decode(envelope);
    };
  }

  private Decoded decode(Envelope envelope) {
    Payload ack = envelope.payload("ack");
    if (ack != null && !isId(ack)) {
      return new Decoded.NotUnderstood(new Refusal(Reason.BAD_FIELD, "ack"));
    }
    Optional<String> id =
        Optional.ofNullable(ack).map(n -> n.frame().substring(n.start(), n.end()));
    String event = envelope.string("event");
    if (event == null) {
      return refused(Reason.BAD_FIELD, "event", id);
    }
    Optional<List<Payload>> args = envelope.elements("args", MOST_ARGS);
    return args.isEmpty() ? refused(Reason.BAD_FIELD, "args", id) : decode(event, args.get(), id);
  }

  private Decoded decode(String event, List<Payload> args, Optional<String> id) {
    Optional<String> room = args.stream().findFirst().flatMap(Elements::text);
    return switch (event) {
      case "join", "leave", "message" ->
          room.map(name -> command(event, name, args, id))
              .orElseGet(() -> refused(Reason.BAD_FIELD, "room", id));
      default -> refused(Reason.UNKNOWN_COMMAND, event, id);
    };
  }

  private Decoded command(String event, String room, List<Payload> args, Optional<String> id) {
    return switch (event) {
      case "join" -> new Decoded.Understood(new Command.Join(room, capacity, ""), id);
      case "leave" -> new Decoded.Understood(new Command.Leave(room), id);
      default ->
          args.size() < 2
              ? refused(Reason.BAD_FIELD, "data", id)
              : new Decoded.Understood(new Command.Publish(room, args.get(1)), id);
    };
  }

  /** A whole number, which is echoed as it stands: socket.io-client counts from 0. */
  private static boolean isId(Payload ack) {
    return ack.length() <= MOST_DIGITS
        && ack.frame()
            .substring(ack.start(), ack.end())
            .chars()
            .allMatch(digit -> digit >= '0' && digit <= '9');
  }

  private static Decoded refused(Reason reason, String subject, Optional<String> id) {
    return new Decoded.NotUnderstood(new Refusal(reason, subject), id);
  }

  @Override
  public Frame encode(SessionId self, Event event) {
    return new Frame.Text(
        switch (event) {
          case Event.MemberJoined(String room, Member member, var _) ->
              event("otherjoin", room, member.session());
          case Event.MemberLeft(String room, Member member, var _) ->
              event("bye", room, member.session());
          case Event.Published published -> published(published);
          case Event.Undelivered _,
              Event.MemberUpdated _,
              Event.Received _,
              Event.HungUp _,
              Event.Reflected _,
              Event.Admitted _,
              Event.Unread _,
              Event.Superseded _ ->
              throw new IllegalArgumentException("nobody of this dialect has a name");
        });
  }

  @Override
  public List<Frame> answer(SessionId self, Optional<String> id, Outcome outcome) {
    List<Frame> frames = new ArrayList<>(2);
    switch (outcome) {
      case Outcome.Joined(String room, var _, var _) ->
          frames.add(new Frame.Text(event("joined", room, self)));
      case Outcome.Left(String room, var _) ->
          frames.add(new Frame.Text(event("leaved", room, self)));
      case Outcome.Refused(Refusal refusal) -> frames.add(new Frame.Text(refused(self, refusal)));
      case Outcome.Done _, Outcome.Welcomed _, Outcome.Named _, Outcome.Listed _ -> {}
    }
    id.map(n -> acknowledged(n, outcome)).ifPresent(frames::add);
    return frames;
  }

  private static Frame acknowledged(String id, Outcome outcome) {
    StringBuilder out = new StringBuilder("{\"ack\":").append(id).append(",\"args\":[");
    return new Frame.Text(
        outcome instanceof Outcome.Refused(Refusal refusal)
            ? error(out, refusal)
            : out.append("]}").toString());
  }

  private static String refused(SessionId self, Refusal refusal) {
    return refusal.reason() == Reason.ROOM_FULL
        ? event("full", refusal.subject(), self)
        : error(new StringBuilder("{\"event\":\"error\",\"args\":["), refusal);
  }

  private static String event(String name, String room, SessionId member) {
    StringBuilder out = new StringBuilder("{\"event\":\"").append(name).append("\",\"args\":[");
    Text.quote(out, room);
    return out.append(",\"").append(member.value()).append("\"]}").toString();
  }

  private static String published(Event.Published published) {
    Payload payload = published.payload();
    StringBuilder out =
        new StringBuilder(payload.length() + published.room().length() + 48)
            .append("{\"event\":\"message\",\"args\":[");
    Text.quote(out, published.room()).append(',');
    payload.appendTo(out);
    return out.append("]}").toString();
  }

  private static String error(StringBuilder out, Refusal refusal) {
    out.append("{\"code\":\"").append(refusal.reason().code()).append("\",\"message\":");
    Text.quote(out, words(refusal));
    return out.append(",\"retry\":").append(refusal.reason().retry()).append("}]}").toString();
  }

  private static String words(Refusal refusal) {
    String subject = refusal.subject();
    return switch (refusal.reason()) {
      case MALFORMED -> "This is no JSON object.";
      case DUPLICATE_KEY -> "A key stands twice: " + subject;
      case BAD_FIELD -> "Missing or of the wrong type: " + subject;
      case UNKNOWN_COMMAND -> "No such event: " + subject;
      case BAD_ROOM ->
          "A room's name has 1 to 128 characters, no control characters and no space at either end.";
      case ROOM_FULL -> "The room is full: " + subject;
      case TOO_MANY_ROOMS -> "You are in too many rooms.";
      case NOT_IN_ROOM -> "You are not in the room: " + subject;
      case RATE_LIMITED -> "Too many messages.";
      case FORBIDDEN -> "Your token does not allow the room: " + subject;
      case UNAVAILABLE -> "Not possible for now.";
      case BAD_NAME,
          NAME_TAKEN,
          NOT_YOUR_NAME,
          BAD_TOKEN,
          NO_NAME,
          UNKNOWN_PEER,
          BUSY,
          BACKLOG,
          BAD_TICKET ->
          "Refused: " + subject;
    };
  }
}
