package dev.switchboard.presence.board;

import dev.switchboard.bus.OnlineSession;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** How it stands with one peer. */
public sealed interface Standing {

  String peer();

  /**
   * The peer is here.
   *
   * @param since when the oldest of its sessions began
   * @param sessions at least one, the oldest first
   */
  record Online(String peer, Instant since, List<OnlineSession> sessions) implements Standing {}

  /**
   * The peer is not here.
   *
   * @param lastSeen when its last session ended, if that is known
   */
  record Offline(String peer, Optional<Instant> lastSeen) implements Standing {}
}
