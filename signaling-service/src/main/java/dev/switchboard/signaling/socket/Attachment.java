package dev.switchboard.signaling.socket;

import dev.switchboard.signaling.dialect.Codec;
import dev.switchboard.signaling.switchboard.Session;
import io.quarkus.websockets.next.UserData;

/** The session behind a socket, and the dialect it speaks. */
record Attachment(Session session, Codec codec) {

  static final UserData.TypedKey<Attachment> KEY =
      new UserData.TypedKey<>("switchboard.attachment");
}
