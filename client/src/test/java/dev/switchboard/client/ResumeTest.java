package dev.switchboard.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ResumeTest {

  private static final Target BOB = new Target.Peer("bob");

  @Test
  void whatWasNotAnsweredIsSentAgainInOrderAndUnderTheSameIds() throws Exception {
    try (Table table = Table.laid()) {
      FakeService.Seat first = table.welcomed();
      CompletableFuture<Answer> one = table.client.signal(BOB, "1");
      CompletableFuture<Answer> two = table.client.signal(BOB, "2");
      CompletableFuture<Answer> three = table.client.signal(BOB, "3");
      first.next();
      first.next();
      first.next();
      first.say("{'type':'ok','id':1}");
      one.get(60, TimeUnit.SECONDS);
      first.cut();

      FakeService.Seat second = table.service.next();
      assertThat(second.next())
          .isEqualTo(
              "{\"type\":\"hello\",\"resume\":\"t1\",\"seq\":0,\"epoch\":\"e\",\"name\":\"ada\"}");
      CompletableFuture<Answer> four = table.client.signal(BOB, "4");
      second.say(FakeService.Seat.welcomeFrame("s1", "t2", true, true, ""));

      assertThat(second.next()).isEqualTo(signal(2));
      assertThat(second.next()).isEqualTo(signal(3));
      assertThat(second.next()).isEqualTo(signal(4));
      second.say("{'type':'ok','id':2}").say("{'type':'ok','id':3}").say("{'type':'ok','id':4}");
      CompletableFuture.allOf(two, three, four).get(60, TimeUnit.SECONDS);
      assertThat(table.counts().resumes()).isEqualTo(1);
      assertThat(table.counts().sentAgain()).isEqualTo(3);
    }
  }

  private static String signal(int id) {
    return "{\"type\":\"signal\",\"id\":%d,\"to\":\"bob\",\"data\":%d}".formatted(id, id);
  }

  @Test
  void theNewestTicketAndTheHighestSeqAreShown() throws InterruptedException {
    try (Table table = Table.laid()) {
      FakeService.Seat first = table.welcomed();
      first.say(received(1)).say(received(2));
      table.ears.next(Event.Signalled.class);
      table.ears.next(Event.Signalled.class);
      first.cut();
      FakeService.Seat second = table.service.next();
      assertThat(second.next()).contains("\"resume\":\"t1\",\"seq\":2");
      // No welcome came: the ticket of before is still the newest.
      second.cut();
      FakeService.Seat third = table.service.next();
      assertThat(third.next()).contains("\"resume\":\"t1\",\"seq\":2");
      third.say(FakeService.Seat.welcomeFrame("s1", "t3", true, true, ""));
      table.ears.next(Event.Welcomed.class);
      third.close(1012);
      assertThat(table.service.next().next()).contains("\"resume\":\"t3\",\"seq\":2");
    }
  }

  private static String received(int seq) {
    return "{'type':'signal','seq':%d,'from':'bob','session':'b','polite':true,'data':%d}"
        .formatted(seq, seq);
  }

  @Test
  void whatWasSeenBeforeIsDroppedAndCounted() throws InterruptedException {
    try (Table table = Table.laid()) {
      FakeService.Seat first = table.welcomed();
      first.say(received(1)).say(received(1)).say(received(2));
      assertThat(List.of(seq(table), seq(table))).containsExactly(1L, 2L);
      first.cut();
      FakeService.Seat second = table.service.next().resume("s1", "t2", "");
      second.say(received(1)).say(received(2)).say(received(3));
      assertThat(seq(table)).isEqualTo(3);
      assertThat(table.counts().duplicates()).isEqualTo(3);
      assertThat(table.counts().gaps()).isZero();
    }
  }

  private static long seq(Table table) throws InterruptedException {
    return table.ears.next(Event.Signalled.class).seq();
  }

  @Test
  void aGapIsToldAndWhatFollowsIsReadAllTheSame() throws InterruptedException {
    try (Table table = Table.laid()) {
      FakeService.Seat seat = table.welcomed();
      seat.say(received(1)).say(received(4)).say(received(5));
      assertThat(seq(table)).isEqualTo(1);
      assertThat(table.ears.next()).isEqualTo(new Event.Gap(2, 4));
      assertThat(seq(table)).isEqualTo(4);
      assertThat(seq(table)).isEqualTo(5);
      assertThat(table.counts().gaps()).isEqualTo(1);
    }
  }

  @Test
  void theOkOfAJoinIsNumberedAndNeverADuplicate() throws Exception {
    try (Table table = Table.laid()) {
      FakeService.Seat seat = table.welcomed();
      CompletableFuture<Answer> join = table.client.join("tea");
      seat.say(received(1)).say("{'type':'ok','id':1,'seq':1,'peers':[]}").say(received(2));
      join.get(60, TimeUnit.SECONDS);
      assertThat(List.of(seq(table), seq(table))).containsExactly(1L, 2L);
      assertThat(table.counts().duplicates()).isZero();
    }
  }

  @Test
  void whereNothingWasRecoveredAllBeginsAgain() throws Exception {
    try (Table table = Table.laid()) {
      FakeService.Seat first = table.welcomed();
      CompletableFuture<Answer> join = table.client.join("tea");
      first.next();
      first.say("{'type':'ok','id':1,'seq':1,'peers':[]}");
      join.get(60, TimeUnit.SECONDS);
      CompletableFuture<Answer> lost = table.client.signal(BOB, "2");
      first.next();
      first.cut();

      FakeService.Seat second = table.service.next();
      second.next();
      second.say(FakeService.Seat.welcomeFrame("s2", "t2", false, false, ""));
      assertThat(lost.get(60, TimeUnit.SECONDS)).isEqualTo(new Answer.Unknown(2));
      assertThat(second.next()).isEqualTo("{\"type\":\"join\",\"id\":3,\"room\":\"tea\"}");
      second.say("{'type':'ok','id':3,'seq':1,'peers':[]}").say(received(2));
      assertThat(table.ears.next(Event.Rejoined.class).answer()).isInstanceOf(Answer.Ok.class);
      assertThat(seq(table)).isEqualTo(2);
      assertThat(table.counts().gaps()).isZero();
      assertThat(table.counts().resumes()).isZero();
    }
  }

  @Test
  void aRoomThatTheSessionHasLeftMeanwhileIsJoinedAgain() throws Exception {
    try (Table table = Table.laid()) {
      FakeService.Seat first = table.welcomed();
      var _ = table.client.join("tea");
      var _ = table.client.join("milk");
      var _ = table.client.join("left");
      first.say("{'type':'ok','id':1,'seq':1,'peers':[]}");
      first.say("{'type':'ok','id':2,'seq':2,'peers':[]}");
      first.say("{'type':'ok','id':3,'seq':3,'peers':[]}");
      CompletableFuture<Answer> leave = table.client.leave("left");
      first.say("{'type':'ok','id':4}");
      leave.get(60, TimeUnit.SECONDS);
      first.cut();
      FakeService.Seat second = table.service.next().resume("s1", "t2", "\"tea\"");
      assertThat(second.next()).isEqualTo("{\"type\":\"join\",\"id\":5,\"room\":\"milk\"}");
      assertThat(second.unread()).isEmpty();
    }
  }

  @Test
  void aSessionOfWhichSomethingWasLostGoesOnWhereTheServiceSays() throws Exception {
    try (Table table = Table.laid()) {
      FakeService.Seat first = table.welcomed();
      first.say(received(1)).say(received(2));
      CompletableFuture<Answer> lost = table.client.signal(BOB, "2");
      first.next();
      assertThat(List.of(seq(table), seq(table))).containsExactly(1L, 2L);
      first.cut();
      FakeService.Seat second = table.service.next();
      second.next();
      second.say(
          FakeService.Seat.welcomeFrame("s1", "t2", true, false, "")
              .replace("\"epoch\":", "\"seq\":6,\"epoch\":"));
      assertThat(lost.get(60, TimeUnit.SECONDS)).isEqualTo(new Answer.Unknown(1));
      second.say(received(7)).say(received(8)).say(received(10));
      assertThat(List.of(seq(table), seq(table), seq(table))).containsExactly(7L, 8L, 10L);
      assertThat(table.counts().gaps()).isEqualTo(1);
    }
  }

  @Test
  void aTicketThatIsRefusedIsGivenUp() throws Exception {
    try (Table table = Table.laid()) {
      FakeService.Seat first = table.welcomed();
      CompletableFuture<Answer> lost = table.client.signal(BOB, "1");
      first.next();
      first.cut();
      FakeService.Seat second = table.service.next();
      second.next();
      second.say("{'type':'error','code':'bad_ticket','message':'No','retry':false}");
      assertThat(second.next()).isEqualTo("{\"type\":\"hello\",\"name\":\"ada\"}");
      second.say(FakeService.Seat.welcomeFrame("s2", "t2", false, true, ""));
      assertThat(lost.get(60, TimeUnit.SECONDS)).isEqualTo(new Answer.Unknown(1));
    }
  }

  @Test
  void whatWasReadIsAcknowledgedAfterSoManyAndAfterSoLong() throws InterruptedException {
    try (Table table = Table.laid(options -> options.withAcks(3, Duration.ofHours(1)))) {
      FakeService.Seat seat = table.welcomed();
      seat.say(received(1)).say(received(2)).say(received(3)).say(received(4));
      assertThat(seat.nextOfAll()).isEqualTo("{\"type\":\"ack\",\"seq\":3}");
    }
    try (Table table = Table.laid(options -> options.withAcks(100, Duration.ofMillis(1)))) {
      FakeService.Seat seat = table.welcomed();
      seat.say(received(1));
      assertThat(seat.nextOfAll()).isEqualTo("{\"type\":\"ack\",\"seq\":1}");
    }
  }
}
