package dev.switchboard.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComingBackTest {

  @ParameterizedTest
  @ValueSource(ints = {1001, 1011, 1012, 1013, 3000, 3001, 3002, 3499})
  void someCodesMeanComeBack(int code) throws InterruptedException {
    try (Table table = Table.laid()) {
      table.welcomed().close(code);
      assertThat(table.ears.next(Event.Lost.class).code()).isEqualTo(code);
      assertThat(table.service.next().next()).contains("\"resume\":\"t1\"");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1000, 1002, 1003, 1009, 3500, 3501, 3999, 4000})
  void othersMeanStayAway(int code) throws InterruptedException {
    try (Table table = Table.laid()) {
      table.welcomed().close(code);
      assertThat(table.ears.next(Event.Closed.class).code()).isEqualTo(code);
      assertThat(table.counts().connections()).isEqualTo(1);
    }
  }

  @Test
  void aNetworkThatBreaksIsComeBackFrom() throws InterruptedException {
    try (Table table = Table.laid()) {
      table.welcomed().cut();
      assertThat(table.ears.next(Event.Lost.class).code()).isEqualTo(1006);
      assertThat(table.service.next().next()).contains("\"resume\":\"t1\"");
    }
  }

  @Test
  void aClientCanBreakItsOwnNetwork() throws InterruptedException {
    try (Table table = Table.laid()) {
      FakeService.Seat first = table.welcomed();
      long before = System.nanoTime();
      table.client.breakOff(Duration.ofMillis(300));
      assertThat(first.closeCode()).isEqualTo(1006);
      assertThat(table.ears.next()).isEqualTo(new Event.Lost(1006));
      assertThat(table.service.next().next()).contains("\"resume\":\"t1\"");
      assertThat(System.nanoTime() - before).isGreaterThan(300_000_000L);
    }
  }

  @Test
  void whoIsSupersededByItsOwnHelloThatCameLateComesBackAndByAnotherDoesNot()
      throws InterruptedException {
    try (Table table = Table.laid()) {
      table.welcomed().cut();
      FakeService.Seat late = table.service.next();
      assertThat(late.next()).contains("\"resume\":\"t1\"");
      late.cut();
      table.service.next().resume("s1", "t2", "").close(3501);
      assertThat(table.ears.next(Event.Lost.class).code()).isEqualTo(1006);
      assertThat(table.ears.next(Event.Lost.class).code()).isEqualTo(3501);
      FakeService.Seat again = table.service.next();
      assertThat(again.next()).contains("\"resume\":\"t2\"");
      again.say(FakeService.Seat.welcomeFrame("s1", "t3", true, true, "")).close(3501);
      assertThat(table.ears.next(Event.Closed.class).code()).isEqualTo(3501);
    }
  }

  @Test
  void eachAttemptTakesTheNextEndpoint() throws InterruptedException {
    try (FakeService other = FakeService.start();
        Table table =
            Table.laid(options -> options, URI.create("ws://127.0.0.1:1/"), other.uri())) {
      table.welcomed().cut();
      // Nothing listens at the second.
      FakeService.Seat second = other.next().resume("s1", "t2", "");
      table.ears.next(Event.Welcomed.class);
      second.cut();
      assertThat(table.service.next().next()).contains("\"resume\":\"t2\"");
    }
  }

  @Test
  void whoSaysNothingToAnUpgradeIsGivenUpInTime() throws InterruptedException {
    BlockingQueue<HttpServerRequest> asked = new LinkedBlockingQueue<>();
    try (FakeService silent = FakeService.start(asked::add);
        Loop loop = Loop.start("test")) {
      Client.connect(
          loop, Table.options(silent.uri()).withOpenWithin(Duration.ofMillis(200)), new Ears());
      for (int i = 0; i < 2; i++) {
        assertThat(asked.poll(60, TimeUnit.SECONDS)).isNotNull();
      }
    }
  }

  @Test
  void whoSaysNothingToAHelloIsGivenUpInTime() throws InterruptedException {
    try (Table table = Table.laid(options -> options.withOpenWithin(Duration.ofMillis(200)))) {
      FakeService.Seat silent = table.service.next();
      table.service.next();
      assertThat(silent.closeCode()).isEqualTo(1006);
    }
  }

  @Test
  void aServiceThatIsSilentForThreeHeartbeatsIsLeft() throws InterruptedException {
    try (Table table = Table.laid()) {
      FakeService.Seat first = table.service.next();
      first.next();
      first.say(
          FakeService.Seat.welcomeFrame("s1", "t1", false, true, "")
              .replace("\"heartbeat\":25", "\"heartbeat\":1"));
      assertThat(table.ears.next(Event.Lost.class).code()).isEqualTo(1006);
      assertThat(table.service.next().next()).contains("\"resume\":\"t1\"");
    }
  }

  @Test
  void aHelloThatIsRefusedForGoodEndsIt() throws InterruptedException {
    try (Table table = Table.laid()) {
      table.service.next().say("{'type':'error','code':'bad_token','message':'No','retry':false}");
      assertThat(table.ears.next()).isEqualTo(new Event.Closed(3999, "bad_token"));
    }
  }

  @Test
  void aHelloThatIsRefusedForNowIsSaidAgain() throws InterruptedException {
    try (Table table = Table.laid()) {
      table.service.next().say("{'type':'error','code':'unavailable','message':'No','retry':true}");
      assertThat(table.service.next().next()).contains("\"name\":\"ada\"");
    }
  }

  @Test
  void anUpgradeThatIsRefusedForGoodEndsItAndOneForNowDoesNot() throws InterruptedException {
    AtomicInteger asked = new AtomicInteger();
    try (FakeService closedDoor =
            FakeService.start(
                request -> refuse(request, asked.getAndIncrement() == 0 ? 503 : 403));
        Loop loop = Loop.start("test")) {
      Ears ears = new Ears();
      long before = System.nanoTime();
      Client.connect(loop, Table.options(closedDoor.uri()), ears);
      assertThat(ears.next()).isEqualTo(new Event.Closed(3999, "HTTP 403"));
      assertThat(asked.get()).isEqualTo(2);
      // It was asked to wait a second.
      assertThat(System.nanoTime() - before).isGreaterThan(1_000_000_000L);
    }
  }

  private static void refuse(HttpServerRequest request, int status) {
    request.response().setStatusCode(status).putHeader("Retry-After", "1").end();
  }

  @Test
  void waitsDoubleUpToTheCeilingAndHalfOfEachIsChance() {
    Backoff shortest =
        new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1), () -> Long.MAX_VALUE);
    Backoff any = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1), new Random());
    long step = 100;
    for (int i = 0; i < 8; i++) {
      assertThat(shortest.next().toMillis()).isBetween(step / 2, step);
      assertThat(any.next().toMillis()).isBetween(step / 2, step);
      step = Math.min(1000, step * 2);
    }
    any.reset();
    assertThat(any.next().toMillis()).isBetween(50L, 100L);
  }
}
