package dev.switchboard.signaling.ledger;

import dev.switchboard.signaling.announce.Announced;
import java.time.Clock;

/** A ledger for tests of those who use one. */
public final class InMemory {

  private InMemory() {}

  public static Ledger ledger() {
    return new MemoryLedger("node", new Bounds(), Clock.systemUTC(), new Announced());
  }
}
