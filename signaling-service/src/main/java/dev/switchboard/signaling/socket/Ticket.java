package dev.switchboard.signaling.socket;

import dev.switchboard.identity.Caller;
import dev.switchboard.signaling.dialect.Dialect;
import dev.switchboard.signaling.dialect.Opening;
import io.quarkus.websockets.next.UserData;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpConnection;
import java.util.Optional;

/**
 * What the upgrade established, for the socket that follows.
 *
 * @param caller empty if a token is needed and may still come, as {@link Dialect#introduction} says
 * @param headers of the request, which the handshake needs and nobody after it
 */
record Ticket(
    Optional<Caller> caller,
    Dialect dialect,
    Opening.Accepted opening,
    HttpConnection wire,
    MultiMap headers) {

  static final UserData.TypedKey<Ticket> KEY = new UserData.TypedKey<>("switchboard.ticket");
}
