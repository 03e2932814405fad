package dev.switchboard.signaling.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.switchboard.signaling.SharedRedis;
import dev.switchboard.signaling.directory.Location;
import dev.switchboard.signaling.protocol.Address;
import dev.switchboard.signaling.protocol.Event;
import dev.switchboard.signaling.protocol.SessionId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Request;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two nodes, and a bus between them. */
@SuppressWarnings("NullAway.Init") // set before each test
abstract class SharedDeliveryContract extends DeliveryContract {

  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private RedisDelivery sender;
  private RedisDelivery receiver;

  abstract SharedRedis redis();

  @BeforeEach
  @Override
  void adaIsThere() {
    sender = node();
    receiver = node();
    await()
        .atMost(SharedRedis.PATIENCE)
        .until(() -> sender.wasReachable() && receiver.wasReachable());
    super.adaIsThere();
  }

  private RedisDelivery node() {
    return new RedisDelivery(
        SessionId.fresh().value(),
        redis().client(),
        SharedRedis.bus(),
        redis().vertx(),
        metrics,
        () -> {});
  }

  @AfterEach
  void close() {
    sender.close();
    receiver.close();
  }

  @Override
  Delivery sender() {
    return sender;
  }

  @Override
  Delivery receiver() {
    return receiver;
  }

  @Test
  void whatIsForANodeThatIsNoMoreComesBack() {
    SessionId ada = SessionId.fresh();
    Ear adas = new Ear(Receipt.ACCEPTED);
    sender.attach(ada, adas);

    sender.dispatch(
        new Parcel(
            new Address("default", "call", "bob"),
            new Location(sender.node(), ada),
            new Event.HungUp("ada")),
        List.of(new Location("no-such-node", SessionId.fresh())));

    await()
        .atMost(SharedRedis.PATIENCE)
        .untilAsserted(() -> assertThat(adas.returned).containsExactly(Receipt.GONE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "noise",
        "2",
        "2\nnoise",
        "2\n9\npost",
        "2\n-1\n",
        "2\n6\npost\nx",
        "2\n27\npost\n1\na\nb\nc\np\nr\ns\nn\ndance\n"
      })
  void noiseIsDroppedAndCounted(String noise) {
    publish(noise);

    await()
        .atMost(SharedRedis.PATIENCE)
        .untilAsserted(() -> assertThat(unreadable("noise")).isEqualTo(1));
  }

  @Test
  void aMailOfAnotherVersionIsDroppedAndCounted() {
    publish("3\npost\n");

    await()
        .atMost(SharedRedis.PATIENCE)
        .untilAsserted(() -> assertThat(unreadable("version")).isEqualTo(1));
  }

  @Test
  void noiseDoesNotKeepTheNextLetterFromItsReceiver() {
    SessionId bob = SessionId.fresh();
    Ear bobs = new Ear(Receipt.ACCEPTED);
    receiver.attach(bob, bobs);
    String letter =
        LetterCodec.write(
            new Letter.Post(
                new Parcel(
                    new Address("default", "call", "bob"),
                    new Location(sender.node(), SessionId.fresh()),
                    new Event.HungUp("ada")),
                List.of(bob),
                1));

    publish("2\n5\nnoise" + letter.length() + "\n" + letter);

    await().atMost(SharedRedis.PATIENCE).until(() -> bobs.got.size() == 1);
    assertThat(unreadable("noise")).isEqualTo(1);
  }

  @Test
  void howLongALetterTookIsMeasured() {
    sender.dispatch(
        new Parcel(
            new Address("default", "call", "bob"),
            new Location(sender.node(), SessionId.fresh()),
            new Event.HungUp("ada")),
        List.of(new Location(receiver.node(), SessionId.fresh())));

    await()
        .atMost(SharedRedis.PATIENCE)
        .untilAsserted(
            () -> assertThat(metrics.get("switchboard.bus.lag").timer().count()).isPositive());
  }

  private void publish(String message) {
    redis()
        .client()
        .send(Request.cmd(Command.SPUBLISH).arg("switchboard:node:" + receiver.node()).arg(message))
        .await()
        .atMost(SharedRedis.PATIENCE);
  }

  private double unreadable(String reason) {
    return metrics.get("switchboard.bus.unreadable").tag("reason", reason).counter().count();
  }
}
