package dev.switchboard.turn.stun;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * Has ice4j's codec loaded before the first client comes: its first use loads a thousand classes
 * and takes up to a second, which no client should have to wait for.
 */
final class CodecWarmUp {

  private static final String BARE = "000100002112a442000000000000000000000000";
  private static final String WITH_AN_UNKNOWN_ATTRIBUTE =
      "000100042112a442000000000000000000000000" + "00020000";

  private CodecWarmUp() {}

  /** Both answers, to both families. */
  static void run() {
    Usage usage = new BasicUsage(Encoder.anonymous());
    BindingResponder responder = BindingResponder.unlimited(usage);
    ByteBuffer answer = ByteBuffer.allocate(usage.longestAnswer());
    for (String address : new String[] {"192.0.2.1", "2001:db8::1"}) {
      InetSocketAddress source = new InetSocketAddress(InetAddress.ofLiteral(address), 1);
      for (String request : new String[] {BARE, WITH_AN_UNKNOWN_ATTRIBUTE}) {
        ByteBuffer message = ByteBuffer.wrap(HexFormat.of().parseHex(request));
        if (responder.reply(message, source, answer) instanceof Noise noise) {
          throw new IllegalStateException("the STUN codec is broken: " + noise);
        }
      }
    }
  }
}
