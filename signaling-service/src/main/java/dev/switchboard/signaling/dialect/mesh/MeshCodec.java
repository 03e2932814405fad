package dev.switchboard.signaling.dialect.mesh;

import dev.switchboard.signaling.dialect.Codec;
import dev.switchboard.signaling.dialect.Decoded;
import dev.switchboard.signaling.dialect.json.Envelope;
import dev.switchboard.signaling.dialect.json.Scanned;
import dev.switchboard.signaling.dialect.json.Text;
import dev.switchboard.signaling.protocol.Arrival;
import dev.switchboard.signaling.protocol.Command;
import dev.switchboard.signaling.protocol.Event;
import dev.switchboard.signaling.protocol.Frame;
import dev.switchboard.signaling.protocol.Member;
import dev.switchboard.signaling.protocol.Outcome;
import dev.switchboard.signaling.protocol.Payload;
import dev.switchboard.signaling.protocol.Refusal;
import dev.switchboard.signaling.protocol.Refusal.Reason;
import dev.switchboard.signaling.protocol.SessionId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The frames of the {@code mesh} dialect for one client. It is spoken to as it spoke last: in text
 * until its first binary frame.
 */
final class MeshCodec implements Codec {

  private static final int MOST_DIGITS = 15;

  /** Written by the connection's event loop, read by whoever has something for its client. */
  private volatile boolean binary;

  @Override
  public Decoded decode(String frame) {
    binary = false;
    return understand(frame);
  }

  @Override
  public Decoded decode(byte[] frame) {
    binary = true;
    return Cbor.toJson(frame)
        .map(MeshCodec::understand)
        .orElseGet(() -> refused(Reason.MALFORMED, ""));
  }

  private static Decoded understand(String frame) {
    return switch (Envelope.scan(frame)) {
      case Scanned.Malformed(Refusal refusal) -> new Decoded.NotUnderstood(refusal);
      case Envelope envelope -> command(envelope);
    };
  }

  private static Decoded command(Envelope envelope) {
    String type = envelope.string("type");
    if (type == null) {
      return refused(Reason.BAD_FIELD, "type");
    }
    return type.equals("signal") ? signal(envelope) : refused(Reason.UNKNOWN_COMMAND, type);
  }

  private static Decoded signal(Envelope envelope) {
    OptionalLong to = number(envelope.payload("to"));
    if (to.isEmpty()) {
      return refused(Reason.BAD_FIELD, "to");
    }
    Payload data = envelope.payload("data");
    return data == null
        ? refused(Reason.BAD_FIELD, "data")
        : new Decoded.Understood(
            new Command.Whisper(MeshDialect.ROOM, to.getAsLong(), data), Optional.empty());
  }

  private static OptionalLong number(@Nullable Payload value) {
    if (value == null || value.length() > MOST_DIGITS) {
      return OptionalLong.empty();
    }
    String text = value.frame().substring(value.start(), value.end());
    return text.chars().allMatch(digit -> digit >= '0' && digit <= '9')
        ? OptionalLong.of(Long.parseLong(text))
        : OptionalLong.empty();
  }

  private static Decoded refused(Reason reason, String subject) {
    return new Decoded.NotUnderstood(new Refusal(reason, subject));
  }

  @Override
  public Frame encode(SessionId self, Event event) {
    return frame(
        switch (event) {
          case Event.MemberJoined(var _, Member member, Arrival arrival) ->
              online(member, arrival == Arrival.AFRESH);
          case Event.MemberLeft(var _, Member member, var _) ->
              "{\"type\":\"offline\",\"id\":" + member.number() + "}";
          case Event.Published(var _, Member from, Payload payload) -> signal(from, payload);
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
    return switch (outcome) {
      case Outcome.Joined(var _, Member member, List<Member> others) ->
          List.of(frame(init(member, others)));
      case Outcome.Refused(Refusal refusal) -> List.of(frame(error(refusal)));
      case Outcome.Done _, Outcome.Welcomed _, Outcome.Named _, Outcome.Left _, Outcome.Listed _ ->
          List.of();
    };
  }

  private Frame frame(String json) {
    return binary ? new Frame.Binary(Cbor.ofJson(json)) : new Frame.Text(json);
  }

  private static String init(Member self, List<Member> others) {
    return others.stream()
        .map(other -> Long.toString(other.number()))
        .collect(
            Collectors.joining(
                ",", "{\"type\":\"init\",\"id\":" + self.number() + ",\"online\":[", "]}"));
  }

  private static String online(Member member, boolean reload) {
    return "{\"type\":\"online\",\"id\":" + member.number() + ",\"reload\":" + reload + "}";
  }

  private static String signal(Member from, Payload payload) {
    StringBuilder out =
        new StringBuilder(payload.length() + 48)
            .append("{\"type\":\"signal\",\"from\":")
            .append(from.number())
            .append(",\"data\":");
    payload.appendTo(out);
    return out.append('}').toString();
  }

  private static String error(Refusal refusal) {
    StringBuilder out =
        new StringBuilder("{\"type\":\"error\",\"code\":\"").append(refusal.reason().code());
    Text.quote(out.append("\",\"message\":"), words(refusal));
    return out.append(",\"retry\":").append(refusal.reason().retry()).append('}').toString();
  }

  private static String words(Refusal refusal) {
    String subject = refusal.subject();
    return switch (refusal.reason()) {
      case MALFORMED -> "This is no JSON object, nor one in CBOR.";
      case DUPLICATE_KEY -> "A key stands twice: " + subject;
      case BAD_FIELD -> "Missing or of the wrong type: " + subject;
      case UNKNOWN_COMMAND -> "No such type: " + subject;
      case UNKNOWN_PEER -> "No such id: " + subject;
      case ROOM_FULL -> "The mesh is full.";
      case NOT_IN_ROOM -> "You are not in the mesh.";
      case FORBIDDEN -> "Your token does not allow the room: " + subject;
      case UNAVAILABLE -> "Not possible for now.";
      case RATE_LIMITED -> "Too many frames.";
      case BAD_NAME,
          NAME_TAKEN,
          NOT_YOUR_NAME,
          NO_NAME,
          BAD_TOKEN,
          BUSY,
          BAD_ROOM,
          TOO_MANY_ROOMS,
          BACKLOG,
          BAD_TICKET ->
          "Refused: " + subject;
    };
  }
}
