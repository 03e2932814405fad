package dev.switchboard.turn.envelope;

import dev.switchboard.identity.Backend;
import dev.switchboard.identity.Problem;
import dev.switchboard.turn.ice.Handout;
import dev.switchboard.turn.ice.IceDesk;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;

/** Serves a backend on behalf of a peer. Computes and never waits. */
@ApplicationScoped
class BackendDesk {

  private static final int FRESH_BYTES = 8;

  private final IceDesk desk;
  private final SecureRandom random = new SecureRandom();

  BackendDesk(IceDesk desk) {
    this.desk = desk;
  }

  /**
   * The ICE servers of the peer that a backend names.
   *
   * @param name empty for a fresh name that nobody else gets: {@code <id>-<16 hex digits>}
   * @param host where the request was sent, empty if it did not say so properly
   * @param life what was asked for; empty for the usual
   */
  Handout serve(
      Backend backend, Optional<String> name, Optional<String> host, Optional<Duration> life) {
    if (name.isPresent() && !backend.maySpeakFor(name.get())) {
      return new Handout.Refused(Problem.forbidden("This key is not for that name."));
    }
    return desk.serve(backend.as(name.orElseGet(() -> fresh(backend))), host, life);
  }

  private String fresh(Backend backend) {
    byte[] bytes = new byte[FRESH_BYTES];
    random.nextBytes(bytes);
    return backend.id() + "-" + HexFormat.of().formatHex(bytes);
  }
}
