package dev.switchboard.presence.webhook;

import dev.switchboard.bus.ChangeId;
import java.time.Instant;
import java.util.Optional;

/**
 * What is to be posted, as it waits in Redis.
 *
 * @param entry its place in the queue
 * @param id the event's, which is the same whichever pod queued it
 * @param peer whom it is about, or empty
 * @param body JSON, the same at each try
 * @param failures how often it was tried in vain
 */
record Letter(String entry, String id, String peer, String body, int failures) {

  /** When it happened, by Redis' clock. */
  Optional<Instant> at() {
    return ChangeId.parse(id).map(version -> Instant.ofEpochMilli(version.millis()));
  }
}
