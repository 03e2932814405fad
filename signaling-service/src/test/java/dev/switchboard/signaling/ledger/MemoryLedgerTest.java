package dev.switchboard.signaling.ledger;

import dev.switchboard.signaling.announce.Announced;
import java.time.Clock;
import java.util.List;

class MemoryLedgerTest extends LedgerContract {

  private final Announced announced = new Announced();
  private final Ledger ledger = new MemoryLedger("here", bounds, Clock.systemUTC(), announced);

  @Override
  Ledger ledger() {
    return ledger;
  }

  @Override
  Ledger elsewhere() {
    return ledger;
  }

  @Override
  List<String> announced() {
    return announced.told;
  }
}
