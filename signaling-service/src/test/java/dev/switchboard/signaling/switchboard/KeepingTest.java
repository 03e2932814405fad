package dev.switchboard.signaling.switchboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.identity.Caller;
import dev.switchboard.identity.Realm;
import dev.switchboard.signaling.announce.Announced;
import dev.switchboard.signaling.protocol.CloseCode;
import dev.switchboard.signaling.protocol.Command;
import dev.switchboard.signaling.protocol.Event;
import dev.switchboard.signaling.protocol.Outcome;
import dev.switchboard.signaling.protocol.Payload;
import dev.switchboard.signaling.protocol.Refusal;
import dev.switchboard.signaling.protocol.Refusal.Reason;
import dev.switchboard.signaling.protocol.SessionId;
import dev.switchboard.signaling.protocol.Signal;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sessions that outlive their sockets, at one node. */
class KeepingTest {

  private static final Payload SDP = Payload.of("{}");

  private final FakeDirectory directory = new FakeDirectory();
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final Vertx vertx = Vertx.vertx();
  private final Switchboard switchboard =
      Board.of(directory, new FakeDelivery(), new Announced(), metrics, vertx);

  private final Recording adas = new Recording();
  private final Recording bobs = new Recording();
  private final KeptSession ada = open(adas);
  private final KeptSession bob = open(bobs);
  private int id;

  @AfterEach
  void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void whatCameWithoutASocketIsToldToTheNextOne() {
    welcome(ada, "ada");
    Outcome.Welcomed before = welcome(bob, "bob");
    switchboard.detach(bob);
    assertThat(send(ada, "bob")).isEqualTo(new Outcome.Done());
    Recording backs = new Recording();

    Outcome.Welcomed back = resume(open(backs), before, 0);

    assertThat(back.resumed()).isTrue();
    assertThat(back.recovered()).isTrue();
    assertThat(back.session()).isEqualTo(before.session());
    assertThat(backs.got).containsExactly(new Event.Received("ada", ada.id(), Signal.DATA, SDP));
    assertThat(bobs.got).isEmpty();
  }

  @Test
  void whoTakesItsSessionUpWithAnotherSocketHasTheFirstOneClosed() {
    Outcome.Welcomed before = welcome(bob, "bob");

    resume(open(new Recording()), before, 0);
    switchboard.detach(bob);

    assertThat(bobs.got).containsExactly(CloseCode.SUPERSEDED);
  }

  @Test
  void aCommandOfASocketWhoseSessionIsElsewhereIsNotDone() {
    welcome(ada, "ada");
    Outcome.Welcomed before = welcome(bob, "bob");
    resume(open(new Recording()), before, 0);

    List<Outcome> told = new ArrayList<>();
    switchboard
        .handle(bob, new Command.Send("ada", Signal.DATA, SDP), Optional.of("1"), told::add)
        .await()
        .indefinitely();

    assertThat(told).isEmpty();
    assertThat(adas.got).isEmpty();
  }

  @Test
  void whoeverAcknowledgesWhatItWasNotToldIsRefused() {
    welcome(ada, "ada");

    assertThat(handle(ada, new Command.Acknowledge(1)))
        .isEqualTo(new Outcome.Refused(new Refusal(Reason.BAD_FIELD, "seq")));
  }

  @Test
  void whileRedisIsAwayNothingIsBegunAndAllIsRefused() {
    welcome(ada, "ada");
    directory.failing = true;

    assertThat(handle(bob, new Command.Claim("bob", 8, "")))
        .isEqualTo(new Outcome.Refused(new Refusal(Reason.UNAVAILABLE, "")));
    assertThat(send(ada, "bob"))
        .isEqualTo(new Outcome.Refused(new Refusal(Reason.UNAVAILABLE, "")));
  }

  private KeptSession open(Outlet outlet) {
    return switchboard.openKept(
        SessionId.fresh(), Optional.of(Caller.anonymous(new Realm("default"))), "v1", outlet);
  }

  private Outcome.Welcomed welcome(KeptSession session, String name) {
    return (Outcome.Welcomed) handle(session, new Command.Claim(name, 8, ""));
  }

  private Outcome.Welcomed resume(KeptSession session, Outcome.Welcomed before, long seq) {
    return (Outcome.Welcomed)
        handle(session, new Command.Resume(before.ticket(), seq, before.epoch(), Optional.empty()));
  }

  private Outcome send(KeptSession session, String to) {
    return handle(session, new Command.Send(to, Signal.DATA, SDP));
  }

  private Outcome handle(KeptSession session, Command command) {
    List<Outcome> told = new ArrayList<>();
    switchboard
        .handle(session, command, Optional.of(Integer.toString(++id)), told::add)
        .await()
        .indefinitely();
    assertThat(told).hasSize(1);
    return told.getFirst();
  }
}
