package dev.switchboard.turn.stun;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.ice4j.StunException;
import org.ice4j.Transport;
import org.ice4j.TransportAddress;
import org.ice4j.attribute.AttributeFactory;
import org.ice4j.attribute.ErrorCodeAttribute;
import org.ice4j.message.Message;
import org.ice4j.message.MessageFactory;
import org.ice4j.message.Response;

/**
 * Writes the two answers there are (RFC 8489, sections 6.3.1 and 14) with ice4j's codec into a
 * buffer of the caller.
 */
final class BindingResponse {

  /** Room for the longest answer: a refusal of 64 attributes with its FINGERPRINT. */
  static final int LONGEST = 176;

  private static final int TRANSACTION_ID_AT = 8;
  private static final String NO_REASON = "";

  static {
    // Read by ice4j when its configuration loads. Unless told not to, it adds SOFTWARE to every
    // message, which makes answers longer and tells strangers what runs here.
    System.setProperty("ice4j.software", "");
  }

  private BindingResponse() {}

  /** Tells {@code source} in XOR-MAPPED-ADDRESS (14.2). The answer is ready to be read. */
  static void succeed(
      ByteBuffer message, BindingRequest request, InetSocketAddress source, ByteBuffer answer) {
    byte[] id = transactionId(message);
    Response response =
        MessageFactory.createBindingResponse(
            identifiedAs(id, MessageFactory.createBindingRequest()),
            new TransportAddress(source.getAddress(), source.getPort(), Transport.UDP));
    write(identifiedAs(id, response), request, answer);
  }

  /** Names what was not understood: 420 with an empty reason (14.8), UNKNOWN-ATTRIBUTES (14.9). */
  static void refuse(ByteBuffer message, BindingRequest request, ByteBuffer answer) {
    Response response =
        MessageFactory.createBindingErrorResponse(ErrorCodeAttribute.UNKNOWN_ATTRIBUTE, NO_REASON);
    response.putAttribute(new UnknownAttributes(request.unknown()));
    write(identifiedAs(transactionId(message), response), request, answer);
  }

  private static void write(Response response, BindingRequest request, ByteBuffer answer) {
    if (request.fingerprinted()) {
      response.putAttribute(AttributeFactory.createFingerprintAttribute());
    }
    answer.clear().put(response.encode(null)).flip();
  }

  private static byte[] transactionId(ByteBuffer message) {
    byte[] id = new byte[12];
    message.get(TRANSACTION_ID_AT, id);
    return id;
  }

  private static <M extends Message> M identifiedAs(byte[] transactionId, M message) {
    try {
      message.setTransactionID(transactionId);
    } catch (StunException e) {
      throw new IllegalStateException("a transaction id has 12 bytes", e);
    }
    return message;
  }
}
