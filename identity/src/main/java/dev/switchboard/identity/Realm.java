package dev.switchboard.identity;

import java.util.regex.Pattern;

/**
 * A tenant: nothing crosses realms.
 *
 * @param name 1 to 64 letters, digits, dots, hyphens and underscores, so that it is safe inside a
 *     Redis hash tag and a TURN user name
 */
public record Realm(String name) {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  public Realm {
    if (!isName(name)) {
      throw new IllegalArgumentException("not a realm name");
    }
  }

  /** Whether {@code name} may name a realm. */
  public static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  @Override
  public String toString() {
    return name;
  }
}
