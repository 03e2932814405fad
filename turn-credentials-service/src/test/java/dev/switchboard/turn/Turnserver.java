package dev.switchboard.turn;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A real coturn on loopback, which shares a secret with the service under test. */
public final class Turnserver implements QuarkusTestResourceLifecycleManager {

  private static final String SECRET = "what-the-relay-and-we-know";

  private @Nullable Coturn coturn;

  @Override
  public Map<String, String> start() {
    Coturn started = Coturn.start("--static-auth-secret=" + SECRET);
    coturn = started;
    return Map.of(
        "switchboard.ice.turn-urls",
        "turn:127.0.0.1:" + started.port() + "?transport=udp",
        "switchboard.turn.secrets",
        SECRET);
  }

  @Override
  public void stop() {
    if (coturn != null) {
      coturn.close();
    }
  }
}
