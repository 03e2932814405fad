package dev.switchboard.identity;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an Authorization header of the Bearer scheme carries (RFC 6750, section 2.1). */
public final class Bearer {

  private static final String SCHEME = "Bearer ";

  private Bearer() {}

  /** The token; empty for no header, or another scheme. */
  public static Optional<String> of(@Nullable String header) {
    return header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        ? Optional.of(header.substring(SCHEME.length()).strip())
        : Optional.empty();
  }
}
