package dev.switchboard.signaling.switchboard;

import dev.switchboard.bus.RedisGoneException;
import dev.switchboard.signaling.protocol.Outcome;
import dev.switchboard.signaling.protocol.Refusal;
import dev.switchboard.signaling.protocol.Refusal.Reason;
import io.smallrye.mutiny.Uni;
import java.time.Duration;

/** Steps whose outcome is known at once, and those that must not fail. */
final class Outcomes {

  static final Uni<Outcome> DONE = done(new Outcome.Done());

  /** What has ended already: always this one, so that {@link #isNothing} can tell. */
  static final Uni<Void> NOTHING = Uni.createFrom().voidItem();

  private static final Duration SOON = Duration.ofMillis(200);
  private static final Duration LATER = Duration.ofSeconds(30);

  private Outcomes() {}

  static Uni<Outcome> done(Outcome outcome) {
    return Uni.createFrom().item(outcome);
  }

  /** Whether there is nothing to wait for. A step that has ended may still say false. */
  static boolean isNothing(Uni<Void> step) {
    return step.equals(NOTHING);
  }

  /** Tells what is known already. */
  static Uni<Void> told(Reply reply, Outcome outcome) {
    reply.tell(outcome);
    return NOTHING;
  }

  /** The same, told as soon as it is known. */
  static Uni<Void> told(Reply reply, Uni<Outcome> outcome) {
    return outcome.invoke(reply::tell).replaceWithVoid();
  }

  static Uni<Outcome> refused(Reason reason, String subject) {
    return done(refusal(reason, subject));
  }

  static Outcome refusal(Reason reason, String subject) {
    return new Outcome.Refused(new Refusal(reason, subject));
  }

  /** The same, however long Redis is gone: what a session leaves behind must not stay for ever. */
  static <T> Uni<T> eventually(Uni<T> step) {
    return step.onFailure(RedisGoneException.class).retry().withBackOff(SOON, LATER).indefinitely();
  }

  static Uni<Outcome> refused(Reason reason) {
    return refused(reason, "");
  }
}
