package dev.switchboard.presence.api;

import java.time.Instant;
import java.util.List;
import java.util.SortedMap;

/**
 * Who is online, as JSON.
 *
 * @param count all that the caller may see, however few are listed
 * @param peers the first of them by name
 */
record ListAnswer(int count, List<Peer> peers) {

  static ListAnswer of(SortedMap<String, Instant> online, int limit) {
    return new ListAnswer(
        online.size(),
        online.entrySet().stream()
            .limit(limit)
            .map(entry -> new Peer(entry.getKey(), entry.getValue()))
            .toList());
  }

  /** One of them, with the start of its oldest session. */
  record Peer(String peer, Instant since) {}
}
