package dev.switchboard.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class CommandsTest {

  @Test
  void whatIsAskedBeforeTheWelcomeIsAskedAfterIt() throws InterruptedException {
    try (Table table = Table.laid()) {
      var _ = table.client.join("tea");
      FakeService.Seat seat = table.service.next();
      assertThat(seat.next()).isEqualTo("{\"type\":\"hello\",\"name\":\"ada\"}");
      assertThat(seat.unread()).isEmpty();
      seat.say(FakeService.Seat.welcomeFrame("s1", "t1", false, true, ""));
      assertThat(seat.next()).isEqualTo("{\"type\":\"join\",\"id\":1,\"room\":\"tea\"}");
      assertThat(table.counts().sentAgain()).isZero();
    }
  }

  @Test
  void everyCommandHasItsFrameAndIdsRise() throws InterruptedException {
    try (Table table =
        Table.laid(options -> options.withToken(() -> "secret").withMeta("{\"a\":1}"))) {
      FakeService.Seat seat = table.service.next();
      assertThat(seat.next())
          .isEqualTo(
              "{\"type\":\"hello\",\"name\":\"ada\",\"token\":\"secret\",\"meta\":{\"a\":1}}");
      seat.say(FakeService.Seat.welcomeFrame("s1", "t1", false, true, ""));
      Client client = table.client;
      List<CompletableFuture<Answer>> asked =
          List.of(
              client.join("te\"a", Optional.of("{}")),
              client.signal(new Target.Peer("bob"), "{\"x\": 1}"),
              client.signal(new Target.Session("s"), "1.50"),
              client.signal(new Target.Room("tea"), "null"),
              client.update("{\"b\":2}"),
              client.roster("tea", Optional.of("7")),
              client.renew("other"),
              client.leave("tea"));
      assertThat(seat.next())
          .isEqualTo("{\"type\":\"join\",\"id\":1,\"room\":\"te\\\"a\",\"meta\":{}}");
      assertThat(seat.next())
          .isEqualTo("{\"type\":\"signal\",\"id\":2,\"to\":\"bob\",\"data\":{\"x\": 1}}");
      assertThat(seat.next())
          .isEqualTo("{\"type\":\"signal\",\"id\":3,\"session\":\"s\",\"data\":1.50}");
      assertThat(seat.next())
          .isEqualTo("{\"type\":\"signal\",\"id\":4,\"room\":\"tea\",\"data\":null}");
      assertThat(seat.next()).isEqualTo("{\"type\":\"update\",\"id\":5,\"meta\":{\"b\":2}}");
      assertThat(seat.next())
          .isEqualTo("{\"type\":\"roster\",\"id\":6,\"room\":\"tea\",\"cursor\":7}");
      assertThat(seat.next()).isEqualTo("{\"type\":\"token\",\"id\":7,\"token\":\"other\"}");
      assertThat(seat.next()).isEqualTo("{\"type\":\"leave\",\"id\":8,\"room\":\"tea\"}");
      assertThat(asked).noneMatch(CompletableFuture::isDone);
    }
  }

  @Test
  void anAnswerIsAValue() throws Exception {
    try (Table table = Table.laid()) {
      FakeService.Seat seat = table.welcomed();
      CompletableFuture<Answer> join = table.client.join("tea");
      CompletableFuture<Answer> signal = table.client.signal(new Target.Peer("bob"), "1");
      seat.say(
          "{'type':'ok','id':1,'seq':1,'peers':[{'peer':'bob','session':'b','polite':true,'meta':{'n':1}}],'cursor':3}");
      seat.say("{'type':'error','id':2,'code':'unknown_peer','message':'Nobody','retry':false}");
      assertThat(answer(join))
          .isEqualTo(
              new Answer.Ok(
                  1,
                  List.of(new Member("bob", "b", true, Optional.of("{\"n\":1}"))),
                  Optional.of("3")));
      assertThat(answer(signal)).isEqualTo(new Answer.Refused(2, "unknown_peer", "Nobody", false));
    }
  }

  @Test
  void whatIsSaidIsToldCharacterForCharacter() throws InterruptedException {
    try (Table table = Table.laid()) {
      FakeService.Seat seat = table.welcomed();
      List<String> values =
          List.of(
              "{\"sdp\": \"v=0\\r\\n \\u00e9\\\" 😀\", \"n\":[1, 2.50]}",
              "1.50",
              "-1e3",
              "\"a \\\"b\\\"\"",
              "null",
              "true",
              "[ ]",
              "{\"data\":{}}");
      long seq = 0;
      for (String value : values) {
        seat.say(
            "{'type':'signal','seq':%d,'from':'bob','data':#,'session':'b','polite':true}"
                .formatted(++seq)
                .replace('\'', '"')
                .replace("#", value));
        assertThat(table.ears.next(Event.Signalled.class))
            .isEqualTo(new Event.Signalled(seq, Optional.empty(), "bob", "b", true, value));
      }
    }
  }

  @Test
  void allThatMayBeToldIsAnEvent() throws InterruptedException {
    try (Table table = Table.laid()) {
      FakeService.Seat seat = table.welcomed();
      seat.say("{'type':'peer-joined','seq':1,'room':'r','peer':'b','session':'s','polite':true}");
      seat.say(
          "{'type':'peer-updated','seq':2,'room':'r','peer':'b','session':'s','polite':true,'meta':{}}");
      seat.say(
          "{'type':'peer-left','seq':3,'room':'r','peer':'b','session':'s','reason':'timeout'}");
      seat.say("{'type':'undelivered','seq':4,'to':'b','session':'s','ids':[1,2]}");
      seat.say("{'type':'undelivered','to':'b','code':'forbidden'}");
      seat.say("{'type':'token-expiring','in':60}");
      seat.say("{'type':'error','code':'rate_limited','message':'Slower','retry':true}");
      seat.say("{'type':'horoscope'}");
      seat.say("{'type':'drain','within':60000}");
      Member bob = new Member("b", "s", true, Optional.empty());
      Member updated = new Member("b", "s", true, Optional.of("{}"));
      assertThat(table.ears.next()).isEqualTo(new Event.PeerJoined(1, "r", bob));
      assertThat(table.ears.next()).isEqualTo(new Event.PeerUpdated(2, "r", updated));
      assertThat(table.ears.next()).isEqualTo(new Event.PeerLeft(3, "r", "b", "s", "timeout"));
      assertThat(table.ears.next())
          .isEqualTo(
              new Event.Undelivered("b", Optional.of("s"), List.of(1L, 2L), Optional.empty()));
      assertThat(table.ears.next())
          .isEqualTo(
              new Event.Undelivered("b", Optional.empty(), List.of(), Optional.of("forbidden")));
      assertThat(table.ears.next()).isEqualTo(new Event.TokenExpiring(Duration.ofSeconds(60)));
      assertThat(table.ears.next()).isEqualTo(new Event.Complaint("rate_limited", "Slower"));
      assertThat(table.ears.next()).isEqualTo(new Event.Draining(Duration.ofMinutes(1)));
    }
  }

  @Test
  void moreThanTheWindowIsRefusedAndNotSent() throws Exception {
    try (Table table = Table.laid(options -> options.withWindow(2))) {
      FakeService.Seat seat = table.welcomed();
      CompletableFuture<Answer> first = table.client.join("a");
      var _ = table.client.join("b");
      assertThat(answer(table.client.join("c")))
          .isInstanceOfSatisfying(
              Answer.Refused.class,
              refused -> {
                assertThat(refused.code()).isEqualTo(Answer.WINDOW);
                assertThat(refused.retry()).isTrue();
              });
      seat.say("{'type':'ok','id':1,'seq':1,'peers':[]}");
      answer(first);
      var _ = table.client.join("d");
      assertThat(List.of(seat.next(), seat.next(), seat.next()))
          .last()
          .isEqualTo("{\"type\":\"join\",\"id\":3,\"room\":\"d\"}");
    }
  }

  @Test
  void whoIsClosedSaysByeAndKnowsNoMore() throws Exception {
    try (Table table = Table.laid()) {
      FakeService.Seat seat = table.welcomed();
      CompletableFuture<Answer> open = table.client.join("tea");
      table.client.close();
      table.client.close();
      assertThat(answer(open)).isEqualTo(new Answer.Unknown(1));
      assertThat(table.ears.next()).isEqualTo(new Event.Closed(1000, ""));
      assertThat(seat.next()).contains("join");
      assertThat(seat.next()).isEqualTo("{\"type\":\"bye\"}");
      assertThat(seat.closeCode()).isEqualTo(1000);
      assertThat(answer(table.client.join("tea")))
          .isEqualTo(new Answer.Refused(0, Answer.CLOSED, "This client is closed.", false));
      assertThat(table.ears.unread()).isEmpty();
    }
  }

  @Test
  void whoClosesSaysFirstWhatItHasRead() throws InterruptedException {
    try (Table table = Table.laid(options -> options.withAcks(100, Duration.ofHours(1)))) {
      FakeService.Seat seat = table.welcomed();
      seat.say("{'type':'signal','seq':1,'from':'bob','session':'b','polite':true,'data':1}");
      table.ears.next(Event.Signalled.class);
      table.client.close();
      assertThat(seat.nextOfAll()).isEqualTo("{\"type\":\"ack\",\"seq\":1}");
      assertThat(seat.nextOfAll()).isEqualTo("{\"type\":\"bye\"}");
    }
  }

  private static Answer answer(CompletableFuture<Answer> future)
      throws InterruptedException, ExecutionException, TimeoutException {
    return future.get(60, TimeUnit.SECONDS);
  }
}
