package dev.switchboard.signaling.dialect;

import dev.switchboard.signaling.protocol.Event;
import dev.switchboard.signaling.protocol.Frame;
import dev.switchboard.signaling.protocol.Outcome;
import dev.switchboard.signaling.protocol.SessionId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Both directions of one dialect's frames. Called on any thread; never throws, whatever the frame.
 *
 * <p>For one connection frames are decoded one after the other, and encoded one after the other: in
 * the order in which they are encoded they leave.
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
   * The same for what stands in the inbox of a kept session.
   *
   * @param number its place there
   */
  default Frame encode(SessionId self, long number, Event event) {
    return encode(self, event);
  }

  /**
   * The frames that tell a client what became of its command, in this order.
   *
   * @param id what the client wants to know the answer by
   */
  List<Frame> answer(SessionId self, Optional<String> id, Outcome outcome);

  /**
   * The frame that tells a client that its token ends soon.
   *
   * @param left how soon
   * @return empty if it cannot be told: never in this dialect, or not yet
   */
  default Optional<Frame> expiring(Duration left) {
    return Optional.empty();
  }

  /**
   * The frame that asks a client to go to another pod.
   *
   * @param within how long it has
   * @return empty if it cannot be told: never in this dialect, or not yet
   */
  default Optional<Frame> draining(Duration within) {
    return Optional.empty();
  }
}
