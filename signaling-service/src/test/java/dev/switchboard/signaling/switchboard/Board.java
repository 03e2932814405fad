package dev.switchboard.signaling.switchboard;

import dev.switchboard.signaling.announce.Announcer;
import dev.switchboard.signaling.ledger.InMemory;
import dev.switchboard.signaling.ledger.Ledger;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.vertx.core.Vertx;

/** A switchboard put together by hand. */
final class Board {

  private Board() {}

  static Switchboard of(
      FakeDirectory directory,
      FakeDelivery delivery,
      Announcer announcer,
      MeterRegistry metrics,
      Vertx vertx) {
    Tally tally = new Tally(metrics);
    Calls calls = new Calls(directory, delivery, tally);
    Ledger ledger = InMemory.ledger();
    Inboxes inboxes = new Inboxes(ledger, vertx, tally);
    return new Switchboard(
        directory,
        delivery,
        new Names(directory, delivery, calls, announcer, tally),
        calls,
        new Rooms(directory, delivery, tally),
        new Keeping(directory, ledger, delivery, inboxes, tally),
        inboxes,
        tally,
        new Traces(OpenTelemetry.noop(), true));
  }
}
