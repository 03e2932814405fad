package dev.switchboard.turn.relay;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.ice4j.StunException;
import org.ice4j.message.Message;
import org.ice4j.message.MessageFactory;
import org.ice4j.message.Request;
import org.ice4j.message.Response;
import org.ice4j.stack.TransactionID;

/** ice4j's codec for the side that asks. */
final class Messages {

  private Messages() {}

  /**
   * Has the codec loaded, which takes up to a second the first time: no relay should seem slow for
   * it.
   */
  static void load() {
    byte[] bytes = write(MessageFactory.createBindingRequest());
    try {
      Message.decode(bytes, 0, bytes.length);
    } catch (StunException e) {
      throw new IllegalStateException("the codec reads what it wrote", e);
    }
  }

  /** The bytes of a request, under a fresh transaction id. */
  static byte[] write(Request request) {
    try {
      request.setTransactionID(TransactionID.createNewTransactionID().getBytes());
    } catch (StunException e) {
      throw new IllegalStateException("a fresh transaction id is well-formed", e);
    }
    return request.encode(null);
  }

  /** The response to this request; empty if it is another message. */
  static Optional<Response> read(byte[] bytes, int length, Request request) throws IOException {
    try {
      return Message.decode(bytes, 0, length) instanceof Response response
              && Arrays.equals(response.getTransactionID(), request.getTransactionID())
          ? Optional.of(response)
          : Optional.empty();
    } catch (StunException | RuntimeException e) {
      // The decoder believes lengths; what it throws then says the same.
      throw new IOException("no STUN message", e);
    }
  }
}
