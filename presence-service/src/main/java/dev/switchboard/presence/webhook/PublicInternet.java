package dev.switchboard.presence.webhook;

import java.math.BigInteger;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;

/**
 * Tells the addresses of the public internet from all others, by the IANA special-purpose address
 * registries (RFC 6890). Of IPv6 only global unicast counts, 2000::/3, and of that nothing that has
 * an IPv4 address in it; so mapped, translated and unique local addresses are out. Netty's subnet
 * rules would do for IPv4, but take fc00::/7 for a part of 2000::/3.
 */
final class PublicInternet {

  private static final List<Block> NOT_OF_IPV4 =
      blocks(
          "0.0.0.0/8",
          "10.0.0.0/8",
          "100.64.0.0/10",
          "127.0.0.0/8",
          "169.254.0.0/16",
          "172.16.0.0/12",
          "192.0.0.0/24",
          "192.0.2.0/24",
          "192.88.99.0/24",
          "192.168.0.0/16",
          "198.18.0.0/15",
          "198.51.100.0/24",
          "203.0.113.0/24",
          "224.0.0.0/4",
          "240.0.0.0/4");

  private static final List<Block> OF_IPV6 = blocks("2000::/3");
  private static final List<Block> NOT_OF_IPV6 =
      blocks("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");

  private PublicInternet() {}

  /** Whether this is an address of the public internet. */
  static boolean has(InetAddress address) {
    return address instanceof Inet4Address
        ? !isIn(NOT_OF_IPV4, address)
        : isIn(OF_IPV6, address) && !isIn(NOT_OF_IPV6, address);
  }

  private static boolean isIn(List<Block> blocks, InetAddress address) {
    return blocks.stream().anyMatch(block -> block.has(address.getAddress()));
  }

  private static List<Block> blocks(String... texts) {
    return Stream.of(texts).map(Block::of).toList();
  }

  /**
   * All addresses of one family that begin with the same bits. Those are kept as a number, because
   * an address of the JDK may not be part of a native image.
   */
  private record Block(BigInteger prefix, int bits) {

    static Block of(String text) {
      String[] parts = text.split("/", 2);
      int bits = Integer.parseInt(parts[1]);
      try {
        return new Block(firstBits(InetAddress.getByName(parts[0]).getAddress(), bits), bits);
      } catch (UnknownHostException e) {
        throw new IllegalStateException("an address in digits needs no look-up", e);
      }
    }

    boolean has(byte[] address) {
      return firstBits(address, bits).equals(prefix);
    }

    private static BigInteger firstBits(byte[] address, int bits) {
      return new BigInteger(1, address).shiftRight(address.length * Byte.SIZE - bits);
    }
  }
}
