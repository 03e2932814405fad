package dev.switchboard.signaling.dialect;

import dev.switchboard.signaling.protocol.Event;
import dev.switchboard.signaling.protocol.Outcome;
import dev.switchboard.signaling.protocol.SessionId;
import java.util.Optional;

/** Both directions of one dialect's text frames. Stateless; called on any thread. */
public interface Codec {

  /** What {@code frame} asks for. Never throws, whatever the frame. */
  Decoded decode(String frame);

  /** The frame that tells {@code event} to the client whose session is {@code self}. */
  String encode(SessionId self, Event event);

  /**
   * The frame that tells what became of the request {@code id}. A dialect without such ids tells
   * refusals alone, as events.
   */
  default Optional<String> answer(String id, Outcome outcome) {
    return Optional.empty();
  }
}
