package dev.switchboard.turn.stun;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteOrder;

/** {@code struct sockaddr_in} and {@code sockaddr_in6} of Linux, in memory outside the heap. */
final class SocketName {

  /** Room for either, in whole words. */
  static final long BYTES = 32;

  private static final int IPV4_LENGTH = 16;
  private static final int IPV6_LENGTH = 28;
  private static final long PORT_AT = 2;
  private static final long IPV4_AT = 4;
  private static final long IPV6_AT = 8;
  private static final ValueLayout.OfShort NETWORK_SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private SocketName() {}

  /** Writes an address; how long the structure is. */
  static int write(MemorySegment name, InetSocketAddress at, int inet, int inet6) {
    boolean ipv6 = at.getAddress() instanceof Inet6Address;
    byte[] address = at.getAddress().getAddress();
    name.fill((byte) 0);
    name.set(JAVA_SHORT, 0, (short) (ipv6 ? inet6 : inet));
    name.set(NETWORK_SHORT, PORT_AT, (short) at.getPort());
    MemorySegment.copy(address, 0, name, JAVA_BYTE, ipv6 ? IPV6_AT : IPV4_AT, address.length);
    return ipv6 ? IPV6_LENGTH : IPV4_LENGTH;
  }

  static int port(MemorySegment name) {
    return Short.toUnsignedInt(name.get(NETWORK_SHORT, PORT_AT));
  }

  /**
   * The address that a datagram came from; an IPv4 source of an IPv6 socket is told as the IPv4
   * address it is.
   *
   * @param length what the kernel said of it
   */
  static InetSocketAddress read(MemorySegment name, int length) throws UnknownHostException {
    boolean ipv6 = length == IPV6_LENGTH;
    byte[] address = new byte[ipv6 ? 16 : 4];
    MemorySegment.copy(name, JAVA_BYTE, ipv6 ? IPV6_AT : IPV4_AT, address, 0, address.length);
    return new InetSocketAddress(InetAddress.getByAddress(address), port(name));
  }
}
