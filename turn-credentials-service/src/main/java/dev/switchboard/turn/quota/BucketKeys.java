package dev.switchboard.turn.quota;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * What a bucket is called, in Redis too. Names and addresses are hashed: a key has a bounded
 * length, and nobody reads there who asked from where.
 */
final class BucketKeys {

  private static final int HASH_BYTES = 16;

  /** What one subscriber has of IPv6: counted by address, its quota would be endless. */
  private static final int IPV6_PREFIX_BYTES = 8;

  private BucketKeys() {}

  static String of(Account.Peer peer) {
    return "switchboard:{" + peer.realm().name() + "}:quota:caller:" + hash(peer.name());
  }

  static String of(Account.Key key) {
    return "switchboard:quota:backend:" + key.id();
  }

  static String ofAddress(String address) {
    return "switchboard:quota:address:" + hash(prefix(address));
  }

  private static String prefix(String address) {
    try {
      return InetAddress.ofLiteral(address) instanceof Inet6Address ipv6
          ? HexFormat.of().formatHex(Arrays.copyOf(ipv6.getAddress(), IPV6_PREFIX_BYTES))
          : address;
    } catch (IllegalArgumentException e) {
      // A proxy that hides addresses may call them by any name (RFC 7239, section 6.3).
      return address;
    }
  }

  private static String hash(String name) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
