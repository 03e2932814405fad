package dev.switchboard.signaling.switchboard;

import dev.switchboard.identity.Realm;
import dev.switchboard.signaling.protocol.SessionId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a session can be had back with: its id, 128 bits that nobody guesses, and its realm. The
 * ledger has a hash of it.
 */
record ResumeTicket(SessionId session, String secret, String realm) {

  private static final Pattern FORM =
      Pattern.compile("([A-Za-z0-9_-]{22})\\.([A-Za-z0-9_-]{22})\\.(.{1,64})");

  /** A new one. */
  static ResumeTicket fresh(SessionId session, String realm) {
    return new ResumeTicket(session, SessionId.fresh().value(), realm);
  }

  /** The one that a client presents; empty if it cannot be one. */
  static Optional<ResumeTicket> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    return matcher.matches() && Realm.isName(matcher.group(3))
        ? Optional.of(
            new ResumeTicket(new SessionId(matcher.group(1)), matcher.group(2), matcher.group(3)))
        : Optional.empty();
  }

  /** What the client is given. */
  String text() {
    return session.value() + '.' + secret + '.' + realm;
  }

  /** What the ledger has. */
  String hash(String scope) {
    return SessionId.ofSecret(realm, scope, secret).value();
  }

  @Override
  public String toString() {
    return "a ticket"; // which stays out of logs
  }
}
