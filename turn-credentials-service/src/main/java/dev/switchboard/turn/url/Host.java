package dev.switchboard.turn.url;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.regex.Pattern;

/** What may stand for a host in a url. */
public final class Host {

  private static final int LONGEST_NAME = 253;
  private static final String LABEL = "[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?";
  private static final Pattern NAME = Pattern.compile(LABEL + "(?:[.]" + LABEL + ")*[.]?");

  /** Without a zone, which means something on one machine alone. */
  private static final Pattern IPV6 = Pattern.compile("\\[[0-9A-Fa-f:.]+]");

  private Host() {}

  /**
   * Whether it is a DNS name, an IPv4 address, or an IPv6 address in brackets (RFC 3986, 3.2.2).
   */
  public static boolean isHost(String host) {
    return IPV6.matcher(host).matches()
        ? isIpv6(withoutBrackets(host))
        : host.length() <= LONGEST_NAME && NAME.matcher(host).matches();
  }

  static String withoutBrackets(String host) {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  private static boolean isIpv6(String literal) {
    try {
      return InetAddress.ofLiteral(literal) instanceof Inet6Address;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
