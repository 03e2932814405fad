package dev.switchboard.signaling.announce;

import dev.switchboard.signaling.protocol.Address;
import dev.switchboard.signaling.protocol.Leaving;
import dev.switchboard.signaling.protocol.RoomId;
import dev.switchboard.signaling.protocol.SessionId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Remembers what it was told, a word each: {@code +ada}, {@code ada@tea}, {@code -ada}. */
public final class Announced implements Announcer {

  public final List<String> told = new ArrayList<>();

  /** Run when somebody has opened. */
  public Runnable whenOpened = () -> {};

  private final Map<SessionId, String> names = new HashMap<>();

  @Override
  public void opened(Address peer, SessionId session, String meta) {
    names.put(session, peer.name());
    told.add("+" + peer.name());
    whenOpened.run();
  }

  @Override
  public void described(SessionId session, String meta) {
    told.add(names.get(session) + "=" + meta);
  }

  @Override
  public void joined(RoomId room, SessionId session, String meta) {
    told.add(names.get(session) + "@" + room.name());
  }

  @Override
  public void left(RoomId room, SessionId session, Leaving why) {
    told.add(names.get(session) + "!" + room.name());
  }

  @Override
  public void gone(SessionId session, Leaving why) {
    told.add("-" + names.get(session));
  }
}
