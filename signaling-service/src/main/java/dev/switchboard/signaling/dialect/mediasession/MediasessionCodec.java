package dev.switchboard.signaling.dialect.mediasession;

import dev.switchboard.signaling.dialect.Codec;
import dev.switchboard.signaling.dialect.Decoded;
import dev.switchboard.signaling.dialect.json.Text;
import dev.switchboard.signaling.protocol.Command;
import dev.switchboard.signaling.protocol.Event;
import dev.switchboard.signaling.protocol.Frame;
import dev.switchboard.signaling.protocol.Outcome;
import dev.switchboard.signaling.protocol.PeerName;
import dev.switchboard.signaling.protocol.Refusal;
import dev.switchboard.signaling.protocol.Refusal.Reason;
import dev.switchboard.signaling.protocol.SessionId;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * The frames of the {@code mediasession} dialect. What is passed on is the very frame that came.
 */
final class MediasessionCodec implements Codec {

  private final int sharers;

  MediasessionCodec(int sharers) {
    this.sharers = sharers;
  }

  @Override
  public Decoded decode(String frame) {
    return reflect(MediaSession.in(frame), new Frame.Text(frame));
  }

  @Override
  public Decoded decode(byte[] frame) {
    return reflect(utf8(frame).flatMap(MediaSession::in), new Frame.Binary(frame));
  }

  private static Optional<String> utf8(byte[] frame) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(frame)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private Decoded reflect(Optional<MediaSession> session, Frame frame) {
    return session.filter(it -> !it.isWhole()).isPresent()
        ? new Decoded.NotUnderstood(new Refusal(Reason.BAD_FIELD, "length"))
        : new Decoded.Understood(
            new Command.Reflect(session.map(MediaSession::userName), sharers, frame));
  }

  @Override
  public Frame encode(SessionId self, Event event) {
    return switch (event) {
      case Event.Reflected(Frame frame) -> frame;
      case Event.Undelivered _,
          Event.MemberJoined _,
          Event.MemberUpdated _,
          Event.MemberLeft _,
          Event.Published _,
          Event.Received _,
          Event.HungUp _,
          Event.Admitted _,
          Event.Unread _,
          Event.Superseded _ ->
          throw new IllegalArgumentException("this dialect passes on whole frames alone");
    };
  }

  @Override
  public List<Frame> answer(SessionId self, Optional<String> id, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Refused(Refusal refusal) -> List.of(new Frame.Text(error(refusal)));
      case Outcome.Done _,
          Outcome.Welcomed _,
          Outcome.Named _,
          Outcome.Joined _,
          Outcome.Left _,
          Outcome.Listed _ ->
          List.of();
    };
  }

  private static String error(Refusal refusal) {
    StringBuilder out =
        new StringBuilder("{\"error\":{\"code\":\"").append(refusal.reason().code());
    Text.quote(out.append("\",\"message\":"), words(refusal));
    return out.append(",\"retry\":").append(refusal.reason().retry()).append("}}").toString();
  }

  private static String words(Refusal refusal) {
    return switch (refusal.reason()) {
      case BAD_FIELD -> "The length is not that of the data, in UTF-16 units.";
      case BAD_NAME -> PeerName.RULE;
      case NAME_TAKEN -> "As many connections have this name as may have it.";
      case NOT_YOUR_NAME -> "Your token is for another name.";
      case UNAVAILABLE -> "Not possible for now.";
      case RATE_LIMITED -> "Too many frames.";
      case MALFORMED,
          DUPLICATE_KEY,
          UNKNOWN_COMMAND,
          NO_NAME,
          BAD_TOKEN,
          UNKNOWN_PEER,
          FORBIDDEN,
          BUSY,
          BAD_ROOM,
          ROOM_FULL,
          TOO_MANY_ROOMS,
          NOT_IN_ROOM,
          BACKLOG,
          BAD_TICKET ->
          "Refused: " + refusal.subject();
    };
  }
}
