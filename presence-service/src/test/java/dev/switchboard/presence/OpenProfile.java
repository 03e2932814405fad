package dev.switchboard.presence;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** Callers need no token, and one foreign origin is let in. */
public final class OpenProfile implements QuarkusTestProfile {

  static final String ORIGIN = "https://app.example";

  @Override
  public Map<String, String> getConfigOverrides() {
    return Map.of("switchboard.auth.mode", "open", "quarkus.http.cors.origins", ORIGIN);
  }
}
