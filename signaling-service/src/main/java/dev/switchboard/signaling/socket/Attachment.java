package dev.switchboard.signaling.socket;

import dev.switchboard.signaling.dialect.Codec;
import dev.switchboard.signaling.switchboard.Session;
import io.quarkus.websockets.next.UserData;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Optional;

/**
 * The session behind a socket, its codec, what waits for its client, and when it must end.
 *
 * @param begun ends when the client's first command may come; empty if it may at once
 * @param grace how long the session stays after the socket has gone
 */
record Attachment(
    Session session,
    Codec codec,
    Outbox outbox,
    Curfew.Timer curfew,
    Optional<Uni<Void>> begun,
    Duration grace) {

  static final UserData.TypedKey<Attachment> KEY =
      new UserData.TypedKey<>("switchboard.attachment");
}
