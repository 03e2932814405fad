package dev.switchboard.turn.stun;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import org.ice4j.attribute.Attribute;
import org.ice4j.message.Message;

/**
 * Writes the two answers there are (RFC 8489, sections 6.3.1 and 14) into a buffer of the caller.
 *
 * <p>ice4j's codec would build a dozen objects for the 32 bytes of the common answer, and load a
 * thousand classes for the first; the tests hold this against it.
 */
final class BindingResponse {

  /** Room for the longest answer: a refusal of 64 attributes with its FINGERPRINT. */
  static final int LONGEST = 176;

  private static final byte IPV4 = 1;
  private static final byte IPV6 = 2;
  private static final int UNKNOWN_ATTRIBUTE = (4 << 8) | 20;
  private static final int COOKIE_AT = 4;
  private static final int FINGERPRINT_LENGTH = 8;

  private BindingResponse() {}

  /** Tells {@code source} in XOR-MAPPED-ADDRESS (14.2). The answer is ready to be read. */
  static void succeed(
      ByteBuffer message, BindingRequest request, InetSocketAddress source, ByteBuffer answer) {
    byte[] address = source.getAddress().getAddress();
    begin(message, Message.BINDING_SUCCESS_RESPONSE, answer);
    answer
        .putShort((short) Attribute.XOR_MAPPED_ADDRESS)
        .putShort((short) (4 + address.length))
        .put((byte) 0)
        .put(address.length == 4 ? IPV4 : IPV6)
        .putShort((short) (source.getPort() ^ message.getShort(COOKIE_AT)));
    for (int i = 0; i < address.length; i++) {
      // The mask of 14.2, cookie and transaction id, lies in the request in just that order.
      answer.put((byte) (address[i] ^ message.get(COOKIE_AT + i)));
    }
    end(request, answer);
  }

  /** Names what was not understood: 420 with an empty reason (14.8), UNKNOWN-ATTRIBUTES (14.9). */
  static void refuse(ByteBuffer message, BindingRequest request, ByteBuffer answer) {
    List<Character> unknown = request.unknown();
    begin(message, Message.BINDING_ERROR_RESPONSE, answer);
    answer
        .putShort((short) Attribute.ERROR_CODE)
        .putShort((short) 4)
        .putInt(UNKNOWN_ATTRIBUTE)
        .putShort((short) Attribute.UNKNOWN_ATTRIBUTES)
        .putShort((short) (unknown.size() * Character.BYTES));
    for (char type : unknown) {
      answer.putChar(type);
    }
    if ((unknown.size() & 1) != 0) {
      answer.putShort((short) 0);
    }
    end(request, answer);
  }

  private static void begin(ByteBuffer message, char type, ByteBuffer answer) {
    answer
        .clear()
        .putChar(type)
        .putChar((char) 0)
        .putInt(Frame.MAGIC_COOKIE)
        .putLong(message.getLong(8))
        .putInt(message.getInt(16));
  }

  private static void end(BindingRequest request, ByteBuffer answer) {
    int length = answer.position() - Message.HEADER_LENGTH;
    if (request.fingerprinted()) {
      answer.putChar(2, (char) (length + FINGERPRINT_LENGTH));
      int fingerprint = Fingerprint.of(answer, answer.position());
      answer.putChar(Attribute.FINGERPRINT).putChar((char) Integer.BYTES).putInt(fingerprint);
    } else {
      answer.putChar(2, (char) length);
    }
    answer.flip();
  }
}
