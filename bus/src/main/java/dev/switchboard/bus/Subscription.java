package dev.switchboard.bus;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.MultiEmitter;
import io.smallrye.reactive.messaging.providers.locals.ContextAwareMessage;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.redis.client.Redis;
import jakarta.enterprise.event.Event;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One incoming channel. The stream it feeds never fails: its {@link ChannelListener} subscribes
 * again by itself.
 */
final class Subscription {

  private static final Logger LOG = Logger.getLogger(Subscription.class);

  private final String channel;
  private final String redisChannel;
  private final int bufferSize;
  private final Redis redis;
  private final BusConfig bus;
  private final Vertx vertx;
  private final Event<Gap> gaps;
  private final Counter dropped;
  private final AtomicInteger waiting = new AtomicInteger();

  private volatile boolean overflowed;
  private volatile @Nullable ChannelListener listener;

  Subscription(
      String channel,
      String redisChannel,
      int bufferSize,
      Redis redis,
      BusConfig bus,
      Vertx vertx,
      MeterRegistry metrics,
      Event<Gap> gaps) {
    this.channel = channel;
    this.redisChannel = redisChannel;
    this.bufferSize = bufferSize;
    this.redis = redis;
    this.bus = bus;
    this.vertx = vertx;
    this.gaps = gaps;
    this.dropped =
        Counter.builder("switchboard.bus.overflow")
            .description("Messages that were dropped because the application read too slowly")
            .tag("channel", channel)
            .register(metrics);
  }

  /** The messages of all connections; subscribing to it opens the first. */
  Multi<Message<Buffer>> messages() {
    // The emitter's own buffer has no bound; offer() keeps one.
    return Multi.createFrom()
        .<Message<Buffer>>emitter(emitter -> {
          emitter.onTermination(this::close);
          ChannelListener opened =
              ChannelListener.broadcast(
                  redisChannel, redis, bus, vertx, message -> offer(emitter, message), this::tell);
          listener = opened;
          opened.start();
        })
        .onItem()
        .invoke(taken -> takenByTheApplication());
  }

  String channel() {
    return channel;
  }

  boolean isReady() {
    @Nullable ChannelListener opened = listener;
    return opened != null && opened.wasSubscribed();
  }

  String state() {
    @Nullable ChannelListener opened = listener;
    return opened == null ? "waiting for Redis" : opened.state();
  }

  void close() {
    @Nullable ChannelListener opened = listener;
    if (opened != null) {
      opened.close();
    }
  }

  private void offer(MultiEmitter<? super Message<Buffer>> emitter, Buffer message) {
    if (waiting.get() < bufferSize) {
      waiting.incrementAndGet();
      emitter.emit(ContextAwareMessage.of(message));
    } else {
      overflowed = true;
      dropped.increment();
    }
  }

  private void takenByTheApplication() {
    if (waiting.decrementAndGet() == 0 && overflowed) {
      overflowed = false;
      tell(Gap.Cause.OVERFLOWED);
    }
  }

  private void tell(Gap.Cause cause) {
    LOG.debugf("gap on %s: %s", channel, cause);
    gaps.fireAsync(new Gap(channel, cause))
        .whenComplete((told, failure) -> {
          if (failure != null) {
            LOG.errorf(failure, "an observer of a gap on %s failed", channel);
          }
        });
  }
}
