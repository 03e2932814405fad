package dev.switchboard.turn.stun;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.ice4j.StunException;
import org.ice4j.Transport;
import org.ice4j.TransportAddress;
import org.ice4j.attribute.Attribute;
import org.ice4j.attribute.AttributeFactory;
import org.ice4j.attribute.ErrorCodeAttribute;
import org.ice4j.message.Message;
import org.ice4j.message.MessageFactory;
import org.ice4j.message.Response;
import org.jspecify.annotations.Nullable;

/**
 * Writes answers (RFC 8489, sections 6.3.1 and 14) with ice4j's codec into a buffer of the caller.
 * May be called from any thread.
 */
final class Encoder {

  /** What RFC 8489 (14.14) allows of SOFTWARE: fewer than 128 characters. */
  static final int LONGEST_SOFTWARE = 127;

  /** Room for a refusal of 64 attributes with its FINGERPRINT. */
  private static final int LONGEST_ANONYMOUS = 176;

  private static final String NO_REASON = "";

  static {
    Ice4j.leaveSoftwareOut();
  }

  private final @Nullable Attribute software;
  private final int longest;

  private Encoder(@Nullable Attribute software, int longest) {
    this.software = software;
    this.longest = longest;
  }

  /** One that does not say what runs here. */
  static Encoder anonymous() {
    return new Encoder(null, LONGEST_ANONYMOUS);
  }

  /**
   * One that adds SOFTWARE to every answer.
   *
   * @param software 1 to {@value #LONGEST_SOFTWARE} characters
   */
  static Encoder naming(String software) {
    byte[] text = software.getBytes(StandardCharsets.UTF_8);
    return new Encoder(
        AttributeFactory.createSoftwareAttribute(text),
        LONGEST_ANONYMOUS + Attribute.HEADER_LENGTH + Attributes.padded(text.length));
  }

  /** The most bytes that an answer without further attributes takes. */
  int longest() {
    return longest;
  }

  /**
   * Tells {@code source} in XOR-MAPPED-ADDRESS (14.2). The answer is ready to be read.
   *
   * @param more what else a usage has to say, in order
   */
  void succeed(
      ByteBuffer message,
      BindingRequest request,
      InetSocketAddress source,
      List<Attribute> more,
      ByteBuffer answer) {
    byte[] id = transactionId(message);
    Response response =
        MessageFactory.createBindingResponse(
            identifiedAs(id, MessageFactory.createBindingRequest()),
            new TransportAddress(source.getAddress(), source.getPort(), Transport.UDP));
    more.forEach(response::putAttribute);
    write(identifiedAs(id, response), request, answer);
  }

  /** Names what was not understood: 420 with an empty reason (14.8), UNKNOWN-ATTRIBUTES (14.9). */
  void refuse(
      ByteBuffer message, BindingRequest request, List<Character> unknown, ByteBuffer answer) {
    Response response = error(ErrorCodeAttribute.UNKNOWN_ATTRIBUTE);
    response.putAttribute(PlainAttribute.unknown(unknown));
    write(identifiedAs(transactionId(message), response), request, answer);
  }

  /** Says that the request makes no sense: 400 with an empty reason. */
  void reject(ByteBuffer message, BindingRequest request, ByteBuffer answer) {
    write(
        identifiedAs(transactionId(message), error(ErrorCodeAttribute.BAD_REQUEST)),
        request,
        answer);
  }

  private static Response error(char code) {
    return MessageFactory.createBindingErrorResponse(code, NO_REASON);
  }

  private void write(Response response, BindingRequest request, ByteBuffer answer) {
    if (software != null) {
      response.putAttribute(software);
    }
    if (request.fingerprinted()) {
      response.putAttribute(AttributeFactory.createFingerprintAttribute());
    }
    answer.clear().put(response.encode(null)).flip();
  }

  private static byte[] transactionId(ByteBuffer message) {
    byte[] id = new byte[12];
    message.get(Frame.TRANSACTION_ID_AT, id);
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
