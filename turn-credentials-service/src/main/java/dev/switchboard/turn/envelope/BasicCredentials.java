package dev.switchboard.turn.envelope;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an Authorization header of the Basic scheme carries (RFC 7617).
 *
 * @param user what is before the first colon
 */
record BasicCredentials(String user, String password) {

  private static final String SCHEME = "Basic ";

  /** Empty for no header, another scheme, or one that is malformed. */
  static Optional<BasicCredentials> read(@Nullable String header) {
    if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return Optional.empty();
    }
    String pair;
    try {
      byte[] bytes = Base64.getDecoder().decode(header.substring(SCHEME.length()).strip());
      pair = new String(bytes, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    int colon = pair.indexOf(':');
    return colon < 0
        ? Optional.empty()
        : Optional.of(new BasicCredentials(pair.substring(0, colon), pair.substring(colon + 1)));
  }

  /** Without the password, which belongs in no log. */
  @Override
  public String toString() {
    return "BasicCredentials[" + user + "]";
  }
}
