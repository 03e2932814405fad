package dev.switchboard.signaling.dialect;

import dev.switchboard.signaling.protocol.Event;

/** Both directions of one dialect's text frames. Stateless; called on any thread. */
public interface Codec {

  /** What {@code frame} asks for. Never throws, whatever the frame. */
  Decoded decode(String frame);

  /** The frame that tells {@code event}. */
  String encode(Event event);
}
