package dev.switchboard.presence.webhook;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** A pod that soon forgets what it told. */
public final class ShortHistory implements QuarkusTestProfile {

  static final int EVENTS = 200;

  @Override
  public Map<String, String> getConfigOverrides() {
    return Map.of(
        "switchboard.auth.mode", "open", "switchboard.presence.history", Integer.toString(EVENTS));
  }
}
