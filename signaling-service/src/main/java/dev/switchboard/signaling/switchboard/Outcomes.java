package dev.switchboard.signaling.switchboard;

import dev.switchboard.signaling.protocol.Outcome;
import dev.switchboard.signaling.protocol.Refusal;
import dev.switchboard.signaling.protocol.Refusal.Reason;
import io.smallrye.mutiny.Uni;

/** The outcomes that are known at once. */
final class Outcomes {

  static final Uni<Outcome> DONE = Uni.createFrom().item(new Outcome.Done());
  static final Uni<Void> NOTHING = Uni.createFrom().voidItem();

  private Outcomes() {}

  static Uni<Outcome> refused(Reason reason, String subject) {
    return Uni.createFrom().item(new Outcome.Refused(new Refusal(reason, subject)));
  }

  static Uni<Outcome> refused(Reason reason) {
    return refused(reason, "");
  }
}
