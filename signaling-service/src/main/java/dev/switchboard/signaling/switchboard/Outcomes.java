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
  static final Uni<Void> NOTHING = Uni.createFrom().voidItem();

  private static final Duration SOON = Duration.ofMillis(200);
  private static final Duration LATER = Duration.ofSeconds(30);

  private Outcomes() {}

  static Uni<Outcome> done(Outcome outcome) {
    return Uni.createFrom().item(outcome);
  }

  /** The same, told as soon as it is known. */
  static Uni<Void> told(Reply reply, Uni<Outcome> outcome) {
    return outcome.invoke(reply::tell).replaceWithVoid();
  }

  static Uni<Outcome> refused(Reason reason, String subject) {
    return done(new Outcome.Refused(new Refusal(reason, subject)));
  }

  /** The same, however long Redis is gone: what a session leaves behind must not stay for ever. */
  static <T> Uni<T> eventually(Uni<T> step) {
    return step.onFailure(RedisGoneException.class).retry().withBackOff(SOON, LATER).indefinitely();
  }

  static Uni<Outcome> refused(Reason reason) {
    return refused(reason, "");
  }
}
