package dev.switchboard.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MovingTest {

  private static final Target BOB = new Target.Peer("bob");

  @Test
  void whoIsToldToMoveHasANewConnectionBeforeTheOldOneEnds() throws Exception {
    try (FakeService other = FakeService.start();
        Table table = Table.laid(options -> options, other.uri())) {
      FakeService.Seat old = table.welcomed();
      CompletableFuture<Answer> unanswered = table.client.signal(BOB, "1");
      old.next();
      old.say("{'type':'drain','within':300}");

      FakeService.Seat moved = other.next();
      assertThat(moved.next()).contains("\"resume\":\"t1\"");
      old.say("{'type':'signal','seq':1,'from':'bob','session':'b','polite':true,'data':1}");
      table.ears.next(Event.Signalled.class);
      moved.say(FakeService.Seat.welcomeFrame("s1", "t2", true, true, ""));
      assertThat(moved.next()).contains("\"id\":1,\"to\":\"bob\"");
      moved.say("{'type':'ok','id':1}");
      unanswered.get(60, TimeUnit.SECONDS);
      old.close(3501);
      moved.say("{'type':'signal','seq':2,'from':'bob','session':'b','polite':true,'data':1}");
      // Neither lost nor closed in between.
      assertThat(table.ears.next()).isInstanceOf(Event.Welcomed.class);
      assertThat(table.ears.next()).isInstanceOf(Event.Signalled.class);
    }
  }

  @Test
  void whatCameMeanwhileIsAcknowledgedOnTheNewConnection() throws InterruptedException {
    try (Table table = Table.laid(options -> options.withAcks(100, Duration.ofMillis(1)))) {
      FakeService.Seat old = table.welcomed();
      old.say("{'type':'drain','within':1}");
      FakeService.Seat moved = table.service.next();
      assertThat(moved.next()).contains("\"seq\":0");
      old.say("{'type':'signal','seq':1,'from':'bob','session':'b','polite':true,'data':1}");
      table.ears.next(Event.Signalled.class);
      // Less than this was shown on the new one: saying so here would look like a loss there.
      var _ = table.client.signal(BOB, "1");
      assertThat(old.nextOfAll()).contains("signal");
      moved.say(FakeService.Seat.welcomeFrame("s1", "t2", true, true, ""));
      assertThat(moved.nextOfAll()).contains("signal");
      assertThat(moved.nextOfAll()).isEqualTo("{\"type\":\"ack\",\"seq\":1}");
    }
  }

  @Test
  void aSocketThatIsSupersededWhileMovingIsNotTheEnd() throws InterruptedException {
    try (Table table = Table.laid()) {
      FakeService.Seat old = table.welcomed();
      old.say("{'type':'drain','within':1}");
      FakeService.Seat moved = table.service.next();
      moved.next();
      old.close(3501);
      assertThat(table.ears.next(Event.Lost.class).code()).isEqualTo(3501);
      moved.say(FakeService.Seat.welcomeFrame("s1", "t2", true, true, ""));
      assertThat(table.ears.next(Event.Welcomed.class).resumed()).isTrue();
      var _ = table.client.signal(BOB, "1");
      assertThat(moved.next()).contains("signal");
    }
  }

  @Test
  void aMoveThatFailsIsTriedAgainElsewhere() throws InterruptedException {
    try (FakeService first =
            FakeService.start(request -> request.response().setStatusCode(503).end());
        FakeService second = FakeService.start();
        Table table = Table.laid(options -> options, first.uri(), second.uri())) {
      FakeService.Seat old = table.welcomed();
      old.say("{'type':'drain','within':1}");
      FakeService.Seat moved = second.next();
      var _ = table.client.signal(BOB, "1");
      assertThat(old.next()).contains("signal");
      moved.resume("s1", "t2", "");
      assertThat(moved.next()).contains("signal");
    }
  }

  @Test
  void aPodThatEndsBeforeAnybodyMovedIsLeftAtOnce() throws InterruptedException {
    try (Table table = Table.laid()) {
      FakeService.Seat old = table.welcomed();
      old.say("{'type':'drain','within':3600000}");
      old.close(1012);
      assertThat(table.service.next().next()).contains("\"resume\":\"t1\"");
    }
  }
}
