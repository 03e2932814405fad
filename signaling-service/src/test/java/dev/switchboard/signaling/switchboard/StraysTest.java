package dev.switchboard.signaling.switchboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.signaling.ledger.Guest;
import dev.switchboard.signaling.ledger.Hold;
import dev.switchboard.signaling.ledger.InMemory;
import dev.switchboard.signaling.ledger.Ledger;
import dev.switchboard.signaling.ledger.Terms;
import dev.switchboard.signaling.protocol.Address;
import dev.switchboard.signaling.protocol.SessionId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StraysTest {

  private final Ledger ledger = InMemory.ledger();
  private final FakeDelivery delivery = new FakeDelivery();
  private final Tally tally = new Tally(new SimpleMeterRegistry());
  private final Vertx vertx = Vertx.vertx();
  private final Keeping keeping =
      new Keeping(new FakeDirectory(), ledger, delivery, new Inboxes(ledger, vertx, tally), tally);

  @AfterEach
  void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void aSessionThatNobodyHasIsLetGoAtTheSecondLook() {
    SessionId ada = open("ada");
    open("bob");
    delivery.attach(
        ada,
        new KeptSession(
            ada, null, "v1", new Recording(), new Traces(OpenTelemetry.noop(), true), _ -> {}));

    letGo();
    assertThat(held()).containsExactly("ada", "bob");
    letGo();
    letGo();
    assertThat(held()).containsExactly("ada");
  }

  private void letGo() {
    keeping.letGoOfStrays().await().indefinitely();
  }

  private List<String> held() {
    return ledger.held().await().indefinitely().stream().map(Hold::name).toList();
  }

  private SessionId open(String name) {
    SessionId session = SessionId.fresh();
    List<String> any = List.of("*");
    ledger
        .open(
            new Guest(
                new Address("default", "v1", name),
                session,
                "",
                8,
                "ticket",
                new Terms(Optional.empty(), any, any)))
        .await()
        .indefinitely();
    return session;
  }
}
