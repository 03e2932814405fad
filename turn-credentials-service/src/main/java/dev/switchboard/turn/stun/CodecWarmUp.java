package dev.switchboard.turn.stun;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import org.ice4j.attribute.FingerprintAttribute;

/** Runs the codec once for every kind of answer. */
final class CodecWarmUp {

  private static final String HEADER = "%04x%04x2112a442000102030405060708090a0b";
  private static final String UNKNOWN_ATTRIBUTE = "7fff0000";
  private static final String FINGERPRINT = "80280004";

  private CodecWarmUp() {}

  static void run(BindingResponder responder) {
    for (String address : new String[] {"192.0.2.1", "2001:db8::1"}) {
      InetSocketAddress source = new InetSocketAddress(InetAddress.ofLiteral(address), 1);
      reply(responder, HEADER.formatted(1, 0), source);
      reply(responder, HEADER.formatted(1, 4) + UNKNOWN_ATTRIBUTE, source);
      reply(responder, fingerprinted(HEADER.formatted(1, 8)), source);
    }
  }

  private static void reply(BindingResponder responder, String hex, InetSocketAddress source) {
    byte[] datagram = HexFormat.of().parseHex(hex);
    if (responder.reply(datagram, datagram.length, source) instanceof Reply.Silence silence) {
      throw new IllegalStateException("the STUN codec is broken: " + silence.because());
    }
  }

  private static String fingerprinted(String hex) {
    byte[] message = HexFormat.of().parseHex(hex);
    byte[] crc = FingerprintAttribute.calculateXorCRC32(message, 0, message.length);
    return hex + FINGERPRINT + HexFormat.of().formatHex(crc);
  }
}
