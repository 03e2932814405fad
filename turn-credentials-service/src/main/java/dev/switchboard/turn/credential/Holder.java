package dev.switchboard.turn.credential;

import dev.switchboard.identity.Realm;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Who a credential was issued to. */
public record Holder(Realm realm, String peer) {

  private static final Pattern USERNAME =
      Pattern.compile("[0-9]{1,19}:(?<realm>[A-Za-z0-9._~%-]+)/(?<peer>[A-Za-z0-9._~%-]+)");

  /** Reads the user name of a {@link Credential}; empty if it is none of ours. */
  public static Optional<Holder> of(String username) {
    Matcher matcher = USERNAME.matcher(username);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Holder(new Realm(decode(matcher.group("realm"))), decode(matcher.group("peer"))));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String decode(String encoded) {
    return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
  }
}
