package dev.switchboard.turn.selftest;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A STUN url (RFC 7064) as it is configured.
 *
 * @param text as it was written
 * @param host a name, an IPv4 address, or an IPv6 address without brackets
 */
record StunUrl(String text, String host, int port) {

  private static final int USUAL_PORT = 3478;
  private static final int LAST_PORT = 65535;
  private static final Pattern FORM =
      Pattern.compile(
          "stun:(?:\\[(?<ipv6>[0-9A-Fa-f:.]+)]|(?<name>[A-Za-z0-9._-]{1,253}))(?::(?<port>[0-9]{1,5}))?");

  /**
   * Reads a url.
   *
   * @throws ConfigurationException if it is none
   */
  static StunUrl of(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches() || !isPort(matcher.group("port"))) {
      throw new ConfigurationException(
          "switchboard.stun.self-test.urls takes urls such as stun:stun.example.org:3478; '"
              + text
              + "' is none");
    }
    @Nullable String ipv6 = matcher.group("ipv6");
    @Nullable String port = matcher.group("port");
    return new StunUrl(
        text,
        ipv6 == null ? matcher.group("name") : ipv6,
        port == null ? USUAL_PORT : Integer.parseInt(port));
  }

  private static boolean isPort(@Nullable String digits) {
    if (digits == null) {
      return true;
    }
    int port = Integer.parseInt(digits);
    return port >= 1 && port <= LAST_PORT;
  }
}
