package dev.switchboard.signaling.socket;

import dev.switchboard.identity.Admission;
import dev.switchboard.identity.Caller;
import dev.switchboard.identity.Problem;
import dev.switchboard.identity.TokenGate;
import dev.switchboard.signaling.protocol.Refusal;
import dev.switchboard.signaling.protocol.Refusal.Reason;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Tokens that clients present in a frame. What the upgrade established wins. */
@ApplicationScoped
class PresentedTokens {

  private static final Logger LOG = Logger.getLogger(PresentedTokens.class);
  private static final int UNAVAILABLE = 503;
  private static final String OF_ANOTHER = "The token is for another peer than the socket's.";

  private final TokenGate gate;

  PresentedTokens(TokenGate gate) {
    this.gate = gate;
  }

  /**
   * Judges the token of a client that says who it is.
   *
   * @param known whose the socket is so far
   */
  Uni<Verdict> introducing(Optional<Caller> known, String token) {
    return judge(token, caller -> introduce(known, caller));
  }

  /** Judges a token that is to renew the one before. */
  Uni<Verdict> renewing(Optional<Caller> known, String token) {
    return judge(token, caller -> renew(known, caller));
  }

  private Uni<Verdict> judge(String token, Judgement judgement) {
    return gate.admit(token)
        .map(admission ->
            switch (admission) {
              case Admission.Admitted(Caller caller) -> judgement.of(caller);
              case Admission.Denied(Problem problem) -> denied(problem);
            })
        .onFailure()
        .recoverWithItem(failure -> {
          LOG.error("a token could not be checked", failure);
          return new Verdict.Refused(Refusal.of(Reason.UNAVAILABLE));
        });
  }

  private static Verdict denied(Problem problem) {
    return problem.status() == UNAVAILABLE
        ? new Verdict.Refused(Refusal.of(Reason.UNAVAILABLE))
        : refused(problem.detail());
  }

  private static Verdict introduce(Optional<Caller> known, Caller caller) {
    Optional<Caller> before = known.filter(PresentedTokens::hasToken);
    if (before.isEmpty()) {
      return new Verdict.Good(caller);
    }
    return isSamePeer(before.get(), caller)
        ? new Verdict.Good(before.get())
        : new Verdict.Conflict(bad(OF_ANOTHER));
  }

  private static Verdict renew(Optional<Caller> known, Caller caller) {
    Optional<Caller> before = known.filter(PresentedTokens::hasToken);
    if (before.isEmpty()) {
      return refused("There is no token to renew.");
    }
    if (!isSamePeer(before.get(), caller)) {
      return refused(OF_ANOTHER);
    }
    return endOf(caller).isAfter(endOf(before.get()))
        ? new Verdict.Good(caller)
        : refused("The token does not last longer than the one before.");
  }

  private static boolean hasToken(Caller caller) {
    return caller.name().isPresent();
  }

  private static boolean isSamePeer(Caller one, Caller other) {
    return one.realm().equals(other.realm()) && one.name().equals(other.name());
  }

  private static Instant endOf(Caller caller) {
    return caller.expiresAt().orElse(Instant.MAX);
  }

  private static Verdict refused(String why) {
    return new Verdict.Refused(bad(why));
  }

  /** Why, in a sentence that holds no part of the token. */
  private static Refusal bad(String why) {
    return new Refusal(Reason.BAD_TOKEN, why);
  }

  /** What a token that is valid by itself means for this socket. */
  @FunctionalInterface
  private interface Judgement {
    Verdict of(Caller caller);
  }

  /** What became of a token. */
  sealed interface Verdict {

    /** It is good; the socket is this caller's from now on. */
    record Good(Caller caller) implements Verdict {}

    /** It is not; whoever the socket belonged to keeps it. */
    record Refused(Refusal refusal) implements Verdict {}

    /** It is somebody else's, so that nobody knows whose the socket is: it ends. */
    record Conflict(Refusal refusal) implements Verdict {}
  }
}
