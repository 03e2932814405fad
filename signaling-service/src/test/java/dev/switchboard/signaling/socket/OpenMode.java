package dev.switchboard.signaling.socket;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** Everybody may come in, and there is no Redis. */
public class OpenMode implements QuarkusTestProfile {

  @Override
  public Map<String, String> getConfigOverrides() {
    return Map.of("switchboard.auth.mode", "open", "switchboard.announce.enabled", "false");
  }
}
