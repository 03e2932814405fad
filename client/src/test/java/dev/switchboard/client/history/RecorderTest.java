package dev.switchboard.client.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.client.Answer;
import dev.switchboard.client.FakeService;
import dev.switchboard.client.Loop;
import dev.switchboard.client.Options;
import dev.switchboard.client.Target;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RecorderTest {

  private static Options options(FakeService service) {
    return Options.of("ada", service.uri()).withOpenWithin(Duration.ofMinutes(2));
  }

  @Test
  void whatItDoesAndIsToldIsInItsHistory() throws Exception {
    try (Loop loop = Loop.start("test");
        FakeService service = FakeService.start()) {
      Recorder ada = Recorder.connect(loop, "ada", options(service), 100);
      FakeService.Seat seat = service.next().welcome("s1", "t1");
      CompletableFuture<Answer> join = ada.join("tea");
      CompletableFuture<Answer> signal = ada.signal(new Target.Peer("bob"), "hi");
      assertThat(seat.next()).contains("join");
      assertThat(seat.next())
          .endsWith("\"to\":\"bob\",\"data\":{\"stamp\":\"ada-1\", \"body\":\"hi\"}}");
      seat.say("{'type':'ok','id':1,'seq':1,'peers':[{'peer':'bob','session':'b','polite':true}]}");
      seat.say("{'type':'ok','id':2}");
      join.get(60, TimeUnit.SECONDS);
      signal.get(60, TimeUnit.SECONDS);
      seat.say("{'type':'undelivered','to':'bob','ids':[2]}");
      seat.say("{'type':'signal','seq':2,'from':'b','session':'b','polite':true,'data':1}");
      seat.say(
          "{'type':'peer-left','seq':3,'room':'tea','peer':'b','session':'b','reason':'left'}");
      CompletableFuture<Answer> leave = ada.leave("tea");
      seat.say("{'type':'ok','id':3}");
      leave.get(60, TimeUnit.SECONDS);
      ada.vanish();
      assertThat(seat.closeCode()).isEqualTo(1006);
      assertThat(ada.counts().join().connections()).isEqualTo(1);

      assertThat(ada.history().entries())
          .extracting(entry -> entry.getClass().getSimpleName())
          .contains("Welcomed")
          .containsSubsequence("Joining", "Sent", "Joined", "Answered")
          .containsSubsequence("Undelivered", "Received", "PeerLeft", "Left", "Ended", "Lost");
      assertThat(ada.history().all(Entry.Joined.class))
          .singleElement()
          .extracting(Entry.Joined::sessions)
          .isEqualTo(List.of("b"));
      assertThat(ada.session()).contains("s1");
      assertThat(ada.isConnected()).isFalse();
      assertThat(ada.history().whole()).isTrue();
    }
  }

  @Test
  void aRoomThatIsJoinedAgainIsInItsHistory() throws Exception {
    try (Loop loop = Loop.start("test");
        FakeService service = FakeService.start()) {
      Recorder ada = Recorder.connect(loop, "ada", options(service), 100);
      FakeService.Seat first = service.next().welcome("s1", "t1");
      CompletableFuture<Answer> join = ada.join("tea");
      first.next();
      first.say("{'type':'ok','id':1,'seq':1,'peers':[]}");
      join.get(60, TimeUnit.SECONDS);
      first.cut();
      FakeService.Seat second = service.next();
      second.next();
      second.say(FakeService.Seat.welcomeFrame("s2", "t2", false, false, ""));
      second.next();
      second.say("{'type':'ok','id':2,'seq':1,'peers':[]}");
      CompletableFuture<Answer> last = ada.leave("tea");
      second.say("{'type':'ok','id':3}");
      last.get(60, TimeUnit.SECONDS);
      assertThat(ada.history().all(Entry.Joined.class))
          .hasSize(2)
          .last()
          .matches(joined -> joined.asked() > 0 && joined.asked() <= joined.at());
    }
  }

  @Test
  void aHistoryThatIsTooLongSaysSo() throws Exception {
    try (Loop loop = Loop.start("test");
        FakeService service = FakeService.start()) {
      Recorder ada = Recorder.connect(loop, "ada", options(service), 1);
      FakeService.Seat seat = service.next().welcome("s1", "t1");
      CompletableFuture<Answer> answer = ada.signal(new Target.Peer("bob"), "x");
      seat.next();
      seat.say("{'type':'ok','id':1}");
      answer.get(60, TimeUnit.SECONDS);
      assertThat(ada.history().whole()).isFalse();
      assertThat(ada.history().entries()).hasSize(1);
    }
  }
}
