package dev.switchboard.turn.credential;

import dev.switchboard.identity.Realm;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Who a credential was issued to. */
public record Holder(Realm realm, String peer) {

  private static final Pattern EXPIRY = Pattern.compile("[0-9]{1,19}:");
  private static final Pattern WRITTEN =
      Pattern.compile("(?<realm>[A-Za-z0-9._~%-]+)/(?<peer>[A-Za-z0-9._~%-]+)");

  /** Reads the user name of a {@link Credential}; empty if it is none of ours. */
  public static Optional<Holder> of(String username) {
    Matcher matcher = EXPIRY.matcher(username);
    return matcher.lookingAt() ? read(username.substring(matcher.end())) : Optional.empty();
  }

  /** Reads what {@link #written} wrote; empty if it is something else. */
  public static Optional<Holder> read(String written) {
    Matcher matcher = WRITTEN.matcher(written);
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

  /** {@code <realm>/<peer>}, percent-encoded: as in a user name, and as good as equal. */
  public String written() {
    return Username.encode(realm.name()) + "/" + Username.encode(peer);
  }

  private static String decode(String encoded) {
    return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
  }
}
