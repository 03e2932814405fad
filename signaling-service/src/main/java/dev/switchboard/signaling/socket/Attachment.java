package dev.switchboard.signaling.socket;

import dev.switchboard.identity.Caller;
import dev.switchboard.signaling.dialect.Codec;
import dev.switchboard.signaling.protocol.SessionId;
import dev.switchboard.signaling.switchboard.Session;
import io.quarkus.websockets.next.UserData;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What is behind a socket: what waits for its client, when it must end, and its session. Where
 * clients introduce themselves in a frame there is no session before that frame.
 */
final class Attachment {

  static final UserData.TypedKey<Attachment> KEY =
      new UserData.TypedKey<>("switchboard.attachment");

  private final SessionId id;
  private final Ticket ticket;
  private final Outbox outbox;
  private final Turns turns;
  private final Pace pace;
  private final Curfew.Timer curfew;
  private volatile @Nullable Standing standing;
  private volatile OptionalLong patience = OptionalLong.empty();
  private boolean ended;

  Attachment(
      SessionId id, Ticket ticket, Outbox outbox, Turns turns, Pace pace, Curfew.Timer curfew) {
    this.id = id;
    this.ticket = ticket;
    this.outbox = outbox;
    this.turns = turns;
    this.pace = pace;
    this.curfew = curfew;
  }

  /** What its session is known by, or will be unless it is an earlier one. */
  SessionId id() {
    @Nullable Standing now = standing;
    return now == null ? id : now.session().id();
  }

  Ticket ticket() {
    return ticket;
  }

  Codec codec() {
    return ticket.opening().codec();
  }

  Outbox outbox() {
    return outbox;
  }

  /** What its client sends, one after the other. */
  Turns turns() {
    return turns;
  }

  /** How fast its client may send. */
  Pace pace() {
    return pace;
  }

  Curfew.Timer curfew() {
    return curfew;
  }

  /** Whose it is, as far as is known. */
  Optional<Caller> caller() {
    @Nullable Standing now = standing;
    return now == null ? ticket.caller() : now.caller();
  }

  @Nullable Session session() {
    @Nullable Standing now = standing;
    return now == null ? null : now.session();
  }

  /**
   * From now on this is its session, and that is whose.
   *
   * @return false if the socket ended in the meantime
   */
  synchronized boolean stand(Session session, Optional<Caller> caller) {
    if (!ended) {
      standing = new Standing(session, caller);
    }
    return !ended;
  }

  /** The socket has ended; nothing stands behind it from now on but what does already. */
  synchronized void end() {
    ended = true;
  }

  /** The timer that ends the socket of a client that does not introduce itself. */
  OptionalLong patience() {
    return patience;
  }

  void waitFor(long timer) {
    patience = OptionalLong.of(timer);
  }

  private record Standing(Session session, Optional<Caller> caller) {}
}
