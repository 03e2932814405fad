package dev.switchboard.identity;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.regex.Pattern;

/**
 * A tenant: nothing crosses realms. In JSON it is its name.
 *
 * @param name 1 to 64 letters, digits, dots, hyphens and underscores, so that it is safe inside a
 *     Redis hash tag and a TURN user name
 */
@RegisterForReflection // an image would write it as {}
public record Realm(@JsonValue String name) {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
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
