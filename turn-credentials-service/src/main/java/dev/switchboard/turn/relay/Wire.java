package dev.switchboard.turn.relay;

import java.io.Closeable;
import java.io.IOException;
import org.ice4j.message.Request;
import org.ice4j.message.Response;

/** A way to a TURN server, for one conversation. Blocks; for virtual threads. */
interface Wire extends Closeable {

  /**
   * Sends a request and waits for the response to it.
   *
   * @throws IOException if none comes in time, or what comes is no STUN
   */
  Response ask(Request request) throws IOException;
}
