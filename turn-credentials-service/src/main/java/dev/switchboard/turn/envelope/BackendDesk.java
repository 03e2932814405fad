package dev.switchboard.turn.envelope;

import dev.switchboard.identity.Backend;
import dev.switchboard.identity.Problem;
import dev.switchboard.turn.credential.Holder;
import dev.switchboard.turn.ice.Handout;
import dev.switchboard.turn.ice.IceDesk;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/** Serves a backend on behalf of a peer. Computes and never waits. */
@ApplicationScoped
class BackendDesk {

  private static final int FRESH_BYTES = 8;

  private static final Pattern FRESH = Pattern.compile("[0-9a-f]{16}");

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

  /**
   * Whether a backend may revoke a peer: one that it may speak for, or whose name it got here
   * fresh.
   */
  static boolean mayRevoke(Backend backend, Holder holder) {
    return backend.realm().equals(holder.realm())
        && (backend.maySpeakFor(holder.peer()) || isFresh(backend, holder.peer()));
  }

  private static boolean isFresh(Backend backend, String peer) {
    String prefix = backend.id() + "-";
    return peer.startsWith(prefix) && FRESH.matcher(peer.substring(prefix.length())).matches();
  }

  private String fresh(Backend backend) {
    byte[] bytes = new byte[FRESH_BYTES];
    random.nextBytes(bytes);
    return backend.id() + "-" + HexFormat.of().formatHex(bytes);
  }
}
