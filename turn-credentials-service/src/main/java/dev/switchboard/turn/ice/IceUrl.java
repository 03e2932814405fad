package dev.switchboard.turn.ice;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A STUN or TURN url (RFC 7064, RFC 7065) that was checked: a browser throws on a malformed one,
 * and then has no connection at all.
 */
record IceUrl(String template) {

  private static final String HOST = "{host}";
  private static final Pattern STUN = Pattern.compile("stuns?:(?<host>.+?)(:(?<port>[0-9]{1,5}))?");
  private static final Pattern TURN =
      Pattern.compile("turns?:(?<host>.+?)(:(?<port>[0-9]{1,5}))?([?]transport=(udp|tcp))?");

  static IceUrl stun(String url) {
    return checked(url, STUN, "switchboard.ice.stun-urls takes urls such as stun:{host}:3478");
  }

  static IceUrl turn(String url) {
    return checked(
        url, TURN, "switchboard.ice.turn-urls takes urls such as turn:{host}:3478?transport=udp");
  }

  /** This url as a client reads it. */
  String at(String host) {
    return template.replace(HOST, host);
  }

  boolean needsHost() {
    return template.contains(HOST);
  }

  private static IceUrl checked(String url, Pattern pattern, String expectation) {
    Matcher matcher = pattern.matcher(url);
    if (!matcher.matches() || !isHost(matcher.group("host")) || !isPort(matcher.group("port"))) {
      throw new ConfigurationException(expectation + "; '" + url + "' is none");
    }
    return new IceUrl(url);
  }

  private static boolean isHost(String host) {
    return host.equals(HOST) || RequestHost.isHost(host);
  }

  private static boolean isPort(@Nullable String port) {
    if (port == null) {
      return true;
    }
    int number = Integer.parseInt(port);
    return number >= 1 && number <= 65535;
  }
}
