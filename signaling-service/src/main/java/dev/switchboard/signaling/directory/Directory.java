package dev.switchboard.signaling.directory;

import dev.switchboard.signaling.protocol.Address;
import dev.switchboard.signaling.protocol.SessionId;
import io.smallrye.mutiny.Uni;
import java.util.Optional;

/**
 * Who holds which name. Every operation is atomic: of two sessions that race for a name, one gets
 * it. Methods return at once and may be called on an event loop; a {@code Uni} fails only if the
 * directory itself cannot be reached.
 */
public interface Directory {

  /** Takes {@code address} for the session at {@code location}, unless another one holds it. */
  Uni<Claim> claim(Address address, Location location);

  /** Gives {@code address} back, if {@code session} still holds it; otherwise does nothing. */
  Uni<Void> release(Address address, SessionId session);

  /** Who holds {@code address} now. */
  Uni<Optional<Location>> find(Address address);

  /** What came of a claim. */
  enum Claim {
    /** The name is the session's, now or already. */
    GRANTED,
    /** Another session holds it. */
    TAKEN
  }
}
