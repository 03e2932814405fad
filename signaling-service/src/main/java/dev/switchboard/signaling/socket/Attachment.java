package dev.switchboard.signaling.socket;

import dev.switchboard.signaling.dialect.Codec;
import dev.switchboard.signaling.switchboard.Session;
import io.quarkus.websockets.next.UserData;

/**
 * The session behind a socket, its dialect, what waits for its client, how fast it may send, and
 * when it must end.
 */
record Attachment(Session session, Codec codec, Outbox outbox, Pace pace, Curfew.Timer curfew) {

  static final UserData.TypedKey<Attachment> KEY =
      new UserData.TypedKey<>("switchboard.attachment");
}
