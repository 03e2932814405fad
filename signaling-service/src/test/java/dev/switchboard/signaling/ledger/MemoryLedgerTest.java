package dev.switchboard.signaling.ledger;

import java.time.Clock;

class MemoryLedgerTest extends LedgerContract {

  private final Ledger ledger = new MemoryLedger("here", bounds, Clock.systemUTC());

  @Override
  Ledger ledger() {
    return ledger;
  }

  @Override
  Ledger elsewhere() {
    return ledger;
  }
}
