package dev.switchboard.signaling.socket;

import dev.switchboard.identity.Caller;
import dev.switchboard.signaling.dialect.Dialect;
import dev.switchboard.signaling.dialect.Opening;
import io.quarkus.websockets.next.UserData;
import io.vertx.core.http.HttpConnection;

/** What the upgrade established, for the socket that follows. */
record Ticket(Caller caller, Dialect dialect, Opening.Accepted opening, HttpConnection wire) {

  static final UserData.TypedKey<Ticket> KEY = new UserData.TypedKey<>("switchboard.ticket");
}
