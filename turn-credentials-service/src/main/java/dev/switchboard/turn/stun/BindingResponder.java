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
 * A basic STUN server (RFC 8489, section 12) without its socket: bytes in, bytes out. It keeps
 * nothing between two datagrams and may be called from any thread.
 *
 * <p>An answer is at most 1.6 times as long as its request over IPv4 and 2.2 times over IPv6 (the
 * bare 20-byte request is the worst case), so it is of little use for amplification.
 */
final class BindingResponder {

  private static final String NO_REASON = "";

  private BindingResponder() {}

  /**
   * A responder whose codec is loaded. The first use of ice4j loads a thousand classes and takes up
   * to a second, which no client should have to wait for.
   */
  static BindingResponder warmedUp() {
    // Read by ice4j when its configuration loads. Unless told not to, it adds SOFTWARE to every
    // message, which makes answers longer and tells strangers what runs here.
    System.setProperty("ice4j.software", "");
    BindingResponder responder = new BindingResponder();
    CodecWarmUp.run(responder);
    return responder;
  }

  /**
   * What to send back.
   *
   * @param datagram what came, in its first {@code length} bytes; not kept
   * @param source where it came from, told back in XOR-MAPPED-ADDRESS
   */
  Reply reply(byte[] datagram, int length, InetSocketAddress source) {
    return switch (BindingRequest.read(datagram, length)) {
      case Noise noise -> new Reply.Silence(noise);
      case BindingRequest _ when source.getPort() == 0 -> new Reply.Silence(Noise.NO_WAY_BACK);
      case BindingRequest request when request.unknown().isEmpty() ->
          new Reply.Success(encode(success(request, source), request));
      case BindingRequest request -> new Reply.Refusal(encode(refusal(request), request));
    };
  }

  private static Response success(BindingRequest request, InetSocketAddress source) {
    return MessageFactory.createBindingResponse(
        identifiedAs(request.transactionId(), MessageFactory.createBindingRequest()),
        new TransportAddress(source.getAddress(), source.getPort(), Transport.UDP));
  }

  private static Response refusal(BindingRequest request) {
    Response response =
        MessageFactory.createBindingErrorResponse(ErrorCodeAttribute.UNKNOWN_ATTRIBUTE, NO_REASON);
    response.putAttribute(new UnknownAttributes(request.unknown()));
    return response;
  }

  private static ByteBuffer encode(Response response, BindingRequest request) {
    identifiedAs(request.transactionId(), response);
    if (request.fingerprinted()) {
      response.putAttribute(AttributeFactory.createFingerprintAttribute());
    }
    return ByteBuffer.wrap(response.encode(null));
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
