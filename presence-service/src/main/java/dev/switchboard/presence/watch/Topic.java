package dev.switchboard.presence.watch;

import dev.switchboard.presence.board.PresenceEvent;
import dev.switchboard.presence.board.Room;
import java.util.Set;

/** What somebody watches. */
sealed interface Topic {

  /** Whether an event is part of it. */
  boolean concerns(PresenceEvent event);

  /** All peers of the realm. */
  record Everyone() implements Topic {
    @Override
    public boolean concerns(PresenceEvent event) {
      return event instanceof PresenceEvent.OfPeer;
    }
  }

  /** Some peers, by name. */
  record Peers(Set<String> names) implements Topic {

    public Peers {
      names = Set.copyOf(names);
    }

    @Override
    public boolean concerns(PresenceEvent event) {
      return event instanceof PresenceEvent.OfPeer && names.contains(event.peer());
    }
  }

  /** The members of one room. */
  record Members(Room room) implements Topic {
    @Override
    public boolean concerns(PresenceEvent event) {
      return event instanceof PresenceEvent.OfRoom of && of.room().equals(room);
    }
  }
}
