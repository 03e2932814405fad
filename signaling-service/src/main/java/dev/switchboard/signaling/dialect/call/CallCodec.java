package dev.switchboard.signaling.dialect.call;

import dev.switchboard.signaling.dialect.Codec;
import dev.switchboard.signaling.dialect.Decoded;
import dev.switchboard.signaling.dialect.json.Envelope;
import dev.switchboard.signaling.dialect.json.Scanned;
import dev.switchboard.signaling.dialect.json.Text;
import dev.switchboard.signaling.protocol.Command;
import dev.switchboard.signaling.protocol.Event;
import dev.switchboard.signaling.protocol.Frame;
import dev.switchboard.signaling.protocol.Outcome;
import dev.switchboard.signaling.protocol.Payload;
import dev.switchboard.signaling.protocol.PeerName;
import dev.switchboard.signaling.protocol.Refusal;
import dev.switchboard.signaling.protocol.Refusal.Reason;
import dev.switchboard.signaling.protocol.SessionId;
import dev.switchboard.signaling.protocol.Signal;
import java.util.List;
import java.util.Optional;

/** The frames of the {@code call} dialect. */
final class CallCodec implements Codec {

  @Override
  public Decoded decode(String frame) {
    return switch (Envelope.scan(frame)) {
      case Scanned.Malformed(Refusal refusal) -> new Decoded.NotUnderstood(refusal);
      case Envelope envelope -> command(envelope);
    };
  }

  private static Decoded command(Envelope envelope) {
    String type = envelope.string("type");
    if (type == null) {
      return refused(Reason.UNKNOWN_COMMAND, typeAsItStands(envelope));
    }
    return switch (type) {
      case "login" -> login(envelope);
      case "offer" -> send(envelope, Signal.OFFER, type);
      case "answer" -> send(envelope, Signal.ANSWER, type);
      case "candidate" -> send(envelope, Signal.CANDIDATE, type);
      case "leave" -> leave(envelope);
      default -> refused(Reason.UNKNOWN_COMMAND, type);
    };
  }

  /** A tutorial's server prints whatever it finds there, and {@code undefined} for nothing. */
  private static String typeAsItStands(Envelope envelope) {
    Payload type = envelope.payload("type");
    return type == null ? "undefined" : type.frame().substring(type.start(), type.end());
  }

  private static Decoded login(Envelope envelope) {
    String name = envelope.string("name");
    return name == null
        ? refused(Reason.BAD_NAME, "")
        : new Decoded.Understood(new Command.Claim(name, 1, ""));
  }

  private static Decoded send(Envelope envelope, Signal signal, String key) {
    String to = envelope.string("name");
    if (to == null) {
      return refused(Reason.BAD_FIELD, "name");
    }
    Payload payload = envelope.payload(key);
    return payload == null
        ? refused(Reason.BAD_FIELD, key)
        : new Decoded.Understood(new Command.Send(to, signal, payload));
  }

  private static Decoded leave(Envelope envelope) {
    return new Decoded.Understood(new Command.HangUp(Optional.ofNullable(envelope.string("name"))));
  }

  private static Decoded refused(Reason reason, String subject) {
    return new Decoded.NotUnderstood(new Refusal(reason, subject));
  }

  @Override
  public Frame encode(SessionId self, Event event) {
    return new Frame.Text(
        switch (event) {
          case Event.Received received -> received(received);
          case Event.HungUp _ -> "{\"type\":\"leave\"}";
          case Event.Undelivered(Refusal refusal) -> refusal(refusal);
          case Event.MemberJoined _,
              Event.MemberUpdated _,
              Event.MemberLeft _,
              Event.Published _,
              Event.Reflected _,
              Event.Admitted _,
              Event.Unread _,
              Event.Superseded _ ->
              throw new IllegalArgumentException("nobody of this dialect is in a room");
        });
  }

  @Override
  public List<Frame> answer(SessionId self, Optional<String> id, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Named _ -> List.of(new Frame.Text("{\"type\":\"login\",\"success\":true}"));
      case Outcome.Refused(Refusal refusal) -> List.of(new Frame.Text(refusal(refusal)));
      case Outcome.Done _, Outcome.Welcomed _, Outcome.Joined _, Outcome.Left _, Outcome.Listed _ ->
          List.of();
    };
  }

  private static String received(Event.Received received) {
    return switch (received.signal()) {
      case OFFER -> named(signal("offer", received), received.from());
      case ANSWER -> signal("answer", received).append('}').toString();
      case CANDIDATE -> signal("candidate", received).append('}').toString();
      case DATA -> throw new IllegalArgumentException("nobody of this dialect sends other data");
    };
  }

  private static StringBuilder signal(String type, Event.Received received) {
    Payload payload = received.payload();
    StringBuilder out = new StringBuilder(payload.length() + received.from().length() + 64);
    out.append("{\"type\":\"").append(type).append("\",\"").append(type).append("\":");
    payload.appendTo(out);
    return out;
  }

  private static String named(StringBuilder out, String from) {
    return Text.quote(out.append(",\"name\":"), from).append('}').toString();
  }

  private static String refusal(Refusal refusal) {
    String subject = refusal.subject();
    return switch (refusal.reason()) {
      case NAME_TAKEN -> "{\"type\":\"login\",\"success\":false}";
      case BAD_NAME -> loginRefused(PeerName.RULE);
      case NOT_YOUR_NAME -> loginRefused("Your token is for another name.");
      case BAD_TOKEN -> loginRefused(subject);
      case MALFORMED -> error("Unrecognized command: undefined");
      case UNKNOWN_COMMAND -> error("Unrecognized command: " + subject);
      case DUPLICATE_KEY -> error("Duplicate key: " + subject);
      case BAD_FIELD -> error("Missing or of the wrong type: " + subject);
      case NO_NAME -> error("Not logged in");
      case UNKNOWN_PEER -> error("No such user: " + subject);
      case FORBIDDEN -> error("Not allowed to reach: " + subject);
      case BUSY -> error("Too many calls at once: " + subject);
      case UNAVAILABLE -> error("Not possible for now, try again");
      case RATE_LIMITED -> error("Too many messages");
      case BAD_ROOM, ROOM_FULL, TOO_MANY_ROOMS, NOT_IN_ROOM -> error("No room: " + subject);
      case BACKLOG, BAD_TICKET -> error("Not kept: " + subject);
    };
  }

  private static String loginRefused(String message) {
    return Text.quote(
            new StringBuilder("{\"type\":\"login\",\"success\":false,\"message\":"), message)
        .append('}')
        .toString();
  }

  private static String error(String message) {
    return Text.quote(new StringBuilder("{\"type\":\"error\",\"message\":"), message)
        .append('}')
        .toString();
  }
}
