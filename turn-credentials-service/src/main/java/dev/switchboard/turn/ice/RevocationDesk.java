package dev.switchboard.turn.ice;

import dev.switchboard.turn.credential.Holder;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Takes revocations, for this pod or for all. */
@ApplicationScoped
public class RevocationDesk {

  private final Revocations revocations;
  private final SharedRevocations shared;

  RevocationDesk(Revocations revocations, SharedRevocations shared) {
    this.revocations = revocations;
    this.shared = shared;
  }

  /** Stops further issue to a peer; in this pod at once. Never blocks. */
  public Uni<Revoked> revoke(Holder holder) {
    if (!revocations.revoke(holder)) {
      return Uni.createFrom().item(Revoked.FULL);
    }
    return shared.areOn() ? shared.revoke(holder) : Uni.createFrom().item(Revoked.DONE);
  }
}
