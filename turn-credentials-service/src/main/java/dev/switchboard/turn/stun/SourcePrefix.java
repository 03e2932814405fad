package dev.switchboard.turn.stun;

import java.net.InetAddress;

/**
 * What counts as one source: an IPv4 address, or the /64 of an IPv6 one, which is what a network
 * gives to a subscriber. An IPv4 prefix wider than that would make neighbours in a data centre pay
 * for each other.
 */
final class SourcePrefix {

  private static final int LONGEST_BYTES = 8;

  private SourcePrefix() {}

  static long of(InetAddress source) {
    byte[] address = source.getAddress();
    long prefix = 0;
    for (int i = 0; i < Math.min(address.length, LONGEST_BYTES); i++) {
      prefix = (prefix << Byte.SIZE) | (address[i] & 0xFF);
    }
    return prefix;
  }
}
