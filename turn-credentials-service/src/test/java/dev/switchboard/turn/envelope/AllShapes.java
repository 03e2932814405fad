package dev.switchboard.turn.envelope;

import dev.switchboard.testing.TestKeys;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** Every shape switched on, a page of another origin that CORS lets in elsewhere, two backends. */
public class AllShapes implements QuarkusTestProfile {

  static final TestKeys KEYS = TestKeys.shared();
  static final String PAGE = "https://calls.example";

  static final String ACCOUNT = "ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
  static final String KEY = "a-key-of-the-shop";
  static final String TEAM_KEY = "a-key-of-the-team";

  @Override
  public Map<String, String> getConfigOverrides() {
    return Map.ofEntries(
        Map.entry("mp.jwt.verify.publickey", KEYS.publicKeyPem()),
        Map.entry("switchboard.stun.enabled", "false"),
        Map.entry("switchboard.ice.stun-urls", "stun:{host}:3478"),
        Map.entry(
            "switchboard.ice.turn-urls",
            "turn:{host}:3479?transport=udp,turns:[2001:db8::7]:443?transport=tcp"),
        // The relays are not there, and a probe that found out would leave them out.
        Map.entry("switchboard.relay.probe.enabled", "false"),
        Map.entry("switchboard.turn.secrets", "a-secret-of-the-relay"),
        Map.entry("switchboard.shapes.enabled", "turn-rest,twilio,cloudflare,stunner,matrix"),
        Map.entry("quarkus.http.cors.origins", PAGE),
        // printf %s a-key-of-the-shop | sha256sum
        Map.entry(
            "switchboard.api-keys." + ACCOUNT + ".hash",
            "4870db2ecb00a53967cb9efe59d344694b135f45b9931cd2495df1221ed05431"),
        Map.entry("switchboard.api-keys." + ACCOUNT + ".realm", "acme"),
        // printf %s a-key-of-the-team | sha256sum
        Map.entry(
            "switchboard.api-keys.team.hash",
            "fe323d2c7b72ac89a6539b16627feac7c3aae94dbdcf336194e3fbe097eca638"),
        Map.entry("switchboard.api-keys.team.names", "team-*"));
  }
}
