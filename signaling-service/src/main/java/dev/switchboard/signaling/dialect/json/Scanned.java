package dev.switchboard.signaling.dialect.json;

import dev.switchboard.signaling.protocol.Refusal;

/** What {@link Envelope#scan} found. */
public sealed interface Scanned permits Envelope, Scanned.Malformed {

  /** No envelope; the refusal says why. */
  record Malformed(Refusal refusal) implements Scanned {}
}
