package dev.switchboard.presence.feed;

import dev.switchboard.presence.board.PresenceEvent;
import java.util.List;

/** Is told what happens in one realm. */
@FunctionalInterface
public interface Audience {

  /**
   * These happened, in this order, after all that was told before. Called one after the other,
   * while the realm is held: it must return at once and ask nobody.
   */
  void told(List<PresenceEvent> events);
}
