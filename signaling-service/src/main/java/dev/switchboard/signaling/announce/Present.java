package dev.switchboard.signaling.announce;

import dev.switchboard.bus.OnlineSession;
import dev.switchboard.identity.Realm;
import java.util.Map;
import java.util.TreeMap;

/** A session that has been announced, as it is now. */
record Present(Realm realm, OnlineSession session) {

  Present describedAs(String meta) {
    return with(meta, session.rooms());
  }

  Present in(String room, String meta) {
    Map<String, String> rooms = new TreeMap<>(session.rooms());
    rooms.put(room, meta);
    return with(session.meta(), rooms);
  }

  Present outOf(String room) {
    Map<String, String> rooms = new TreeMap<>(session.rooms());
    rooms.remove(room);
    return with(session.meta(), rooms);
  }

  private Present with(String meta, Map<String, String> rooms) {
    return new Present(
        realm,
        new OnlineSession(
            session.scope(), session.peer(), session.session(), session.since(), meta, rooms));
  }
}
