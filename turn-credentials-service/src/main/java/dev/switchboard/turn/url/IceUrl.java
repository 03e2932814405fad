package dev.switchboard.turn.url;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A STUN or TURN url (RFC 7064, RFC 7065) that was checked: a browser throws on a malformed one,
 * and then has no connection at all.
 *
 * @param template the url, in which {@code {host}} may stand for where the request was sent
 * @param carrier how the server is reached
 * @param host a name or an address, without the brackets of a url; or {@code {host}}
 * @param port the one that is given, or that of the scheme (RFC 7065, section 3.2)
 */
public record IceUrl(String template, Carrier carrier, String host, int port) {

  private static final String HOST = "{host}";
  private static final String TCP = "tcp";
  private static final int PORT = 3478;
  private static final int SECURE_PORT = 5349;
  private static final Pattern STUN =
      Pattern.compile("stun(?<secure>s?):(?<host>.+?)(:(?<port>[0-9]{1,5}))?(?<transport>)");
  private static final Pattern TURN =
      Pattern.compile(
          "turn(?<secure>s?):(?<host>.+?)(:(?<port>[0-9]{1,5}))?"
              + "([?]transport=(?<transport>udp|tcp))?");

  /**
   * Reads a STUN url.
   *
   * @param setting where it is configured
   * @throws ConfigurationException if it is none
   */
  public static IceUrl stun(String url, String setting) {
    return checked(url, STUN, setting + " takes urls such as stun:{host}:3478");
  }

  /**
   * Reads a TURN url.
   *
   * @param setting where it is configured
   * @throws ConfigurationException if it is none
   */
  public static IceUrl turn(String url, String setting) {
    return checked(url, TURN, setting + " takes urls such as turn:{host}:3478?transport=udp");
  }

  /** This url as a client reads it. */
  public String at(String requestHost) {
    return template.replace(HOST, requestHost);
  }

  /** Whether it depends on where the request was sent. */
  public boolean needsHost() {
    return host.equals(HOST);
  }

  private static IceUrl checked(String url, Pattern pattern, String expectation) {
    Matcher matcher = pattern.matcher(url);
    if (!matcher.matches() || !isHost(matcher.group("host")) || !isPort(matcher.group("port"))) {
      throw new ConfigurationException(expectation + "; '" + url + "' is none");
    }
    boolean secure = !matcher.group("secure").isEmpty();
    return new IceUrl(
        url,
        carrier(secure, matcher.group("transport")),
        Host.withoutBrackets(matcher.group("host")),
        port(secure, matcher.group("port")));
  }

  private static Carrier carrier(boolean secure, @Nullable String transport) {
    boolean unsaid = transport == null || transport.isEmpty();
    if (secure) {
      return unsaid || TCP.equals(transport) ? Carrier.TLS : Carrier.DTLS;
    }
    return TCP.equals(transport) ? Carrier.TCP : Carrier.UDP;
  }

  private static int port(boolean secure, @Nullable String port) {
    if (port != null) {
      return Integer.parseInt(port);
    }
    return secure ? SECURE_PORT : PORT;
  }

  private static boolean isHost(String host) {
    return host.equals(HOST) || Host.isHost(host);
  }

  private static boolean isPort(@Nullable String port) {
    if (port == null) {
      return true;
    }
    int number = Integer.parseInt(port);
    return number >= 1 && number <= 65535;
  }
}
