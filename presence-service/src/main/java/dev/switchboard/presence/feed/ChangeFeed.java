package dev.switchboard.presence.feed;

import dev.switchboard.bus.PresenceChange;
import dev.switchboard.bus.PresenceCodec;
import dev.switchboard.bus.RedisGoneException;
import dev.switchboard.presence.board.LastSeen;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/**
 * Listens to what signaling tells: counts changes, and notes when a peer was last seen.
 *
 * <p>After a gap (a restart of Redis, a late start) nothing is read again here, for who is online
 * is read from Redis with each request. What a gap can cost is that a peer's last-seen is not
 * noted.
 */
@Startup // so that its counters stand at zero from the start
@ApplicationScoped
class ChangeFeed {

  private static final Logger LOG = Logger.getLogger(ChangeFeed.class);

  private final PresenceCodec codec;
  private final LastSeen lastSeen;
  private final Counter enters;
  private final Counter leaves;

  ChangeFeed(PresenceCodec codec, LastSeen lastSeen, MeterRegistry metrics) {
    this.codec = codec;
    this.lastSeen = lastSeen;
    this.enters = changes(metrics, "enter");
    this.leaves = changes(metrics, "leave");
  }

  private static Counter changes(MeterRegistry metrics, String kind) {
    return Counter.builder("switchboard.presence.changes")
        .description("Peers that came and went, as told by signaling")
        .tag("kind", kind)
        .register(metrics);
  }

  /** Never fails: a message that cannot be read or kept is no reason to stop listening. */
  @Incoming("presence-changes")
  Uni<Void> hear(Buffer message) {
    return codec.decode(message).map(this::take).orElseGet(() -> Uni.createFrom().voidItem());
  }

  private Uni<Void> take(PresenceChange change) {
    return switch (change.kind()) {
      case ENTER -> {
        enters.increment();
        yield Uni.createFrom().voidItem();
      }
      case LEAVE -> {
        leaves.increment();
        yield lastSeen
            .note(change.realm(), change.peer(), change.at())
            .onFailure(RedisGoneException.class)
            .invoke(gone -> LOG.debugf("a last-seen was not noted: %s", gone.getMessage()))
            .onFailure(RedisGoneException.class)
            .recoverWithNull();
      }
    };
  }
}
