package dev.switchboard.turn.ice;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The host a request was sent to. It is the client's word and goes into the client's own answer, so
 * it is taken only if it is a plain name or address.
 */
public final class RequestHost {

  private static final int LONGEST_NAME = 253;
  private static final String LABEL = "[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?";
  private static final Pattern NAME = Pattern.compile(LABEL + "(?:[.]" + LABEL + ")*[.]?");

  /** Without a zone, which means something on one machine alone. */
  private static final Pattern IPV6 = Pattern.compile("\\[[0-9A-Fa-f:.]+]");

  private RequestHost() {}

  /** The host of the request's authority, an IPv6 address in brackets; empty if it is no host. */
  public static Optional<String> of(HttpServerRequest request) {
    @Nullable HostAndPort authority = request.authority();
    return Optional.ofNullable(authority).map(HostAndPort::host).filter(RequestHost::isHost);
  }

  /**
   * Whether it is a DNS name, an IPv4 address, or an IPv6 address in brackets (RFC 3986, 3.2.2).
   */
  public static boolean isHost(String host) {
    return IPV6.matcher(host).matches()
        ? isIpv6(host.substring(1, host.length() - 1))
        : host.length() <= LONGEST_NAME && NAME.matcher(host).matches();
  }

  private static boolean isIpv6(String literal) {
    try {
      return InetAddress.ofLiteral(literal) instanceof Inet6Address;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
