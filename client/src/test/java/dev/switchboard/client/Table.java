package dev.switchboard.client;

import java.net.URI;
import java.time.Duration;
import java.util.function.UnaryOperator;

/** A fake service, a client, and what that is told. */
final class Table implements AutoCloseable {

  private final Loop loop = Loop.start("test");
  final FakeService service = FakeService.start();
  final Ears ears = new Ears();
  final Client client;

  private Table(UnaryOperator<Options> with, URI... others) {
    URI[] endpoints = new URI[others.length + 1];
    endpoints[0] = service.uri();
    System.arraycopy(others, 0, endpoints, 1, others.length);
    this.client = Client.connect(loop, with.apply(options(endpoints)), ears);
  }

  /** Options of one who comes back soon and is never the one to lose patience. */
  static Options options(URI... endpoints) {
    return Options.of("ada", endpoints)
        .withOpenWithin(Duration.ofMinutes(2))
        .withBackoff(Duration.ofMillis(1), Duration.ofMillis(50));
  }

  static Table laid() {
    return new Table(options -> options);
  }

  static Table laid(UnaryOperator<Options> with, URI... others) {
    return new Table(with, others);
  }

  /** The client has a session {@code s1} with a ticket {@code t1}. */
  FakeService.Seat welcomed() throws InterruptedException {
    FakeService.Seat seat = service.next().welcome("s1", "t1");
    ears.next(Event.Welcomed.class);
    return seat;
  }

  Counts counts() {
    return client.counts().join();
  }

  @Override
  public void close() {
    loop.close();
    service.close();
  }
}
