package dev.switchboard.signaling.dialect;

import dev.switchboard.signaling.protocol.Event;
import dev.switchboard.signaling.protocol.Frame;
import dev.switchboard.signaling.protocol.Outcome;
import dev.switchboard.signaling.protocol.SessionId;
import java.util.List;
import java.util.Optional;

/**
 * Both directions of one dialect's frames. Called on any thread; never throws, whatever the frame.
 */
public interface Codec {

  /** What a text frame asks for. */
  Decoded decode(String frame);

  /** What a binary frame asks for. */
  default Decoded decode(byte[] frame) {
    return new Decoded.NotSpoken();
  }

  /** The frame that tells {@code event} to the client whose session is {@code self}. */
  Frame encode(SessionId self, Event event);

  /**
   * The frames that tell a client what became of its command, in this order.
   *
   * @param id what the client wants to know the answer by
   */
  List<Frame> answer(SessionId self, Optional<String> id, Outcome outcome);
}
