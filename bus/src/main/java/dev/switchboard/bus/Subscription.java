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
 * One incoming channel, over as many connections as it takes: when one is lost, or is silent and
 * does not answer, it subscribes again by itself. The stream it feeds never fails.
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
  private final Outage outage;
  private final Backoff backoff;
  private final AtomicInteger waiting = new AtomicInteger();

  private volatile boolean subscribedOnce;
  private volatile boolean subscribed;
  private volatile boolean overflowed;
  private boolean closed;
  private @Nullable Listening listening;

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
    this.outage = new Outage(LOG, "subscription of " + redisChannel);
    this.backoff = new Backoff(bus.retryFloor(), bus.retryCeiling());
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
          listen(emitter);
        })
        .onItem()
        .invoke(taken -> takenByTheApplication());
  }

  String channel() {
    return channel;
  }

  boolean isReady() {
    return subscribedOnce;
  }

  String state() {
    if (subscribed) {
      return "subscribed";
    }
    return subscribedOnce ? "Redis is gone, subscribing again" : "waiting for Redis";
  }

  void close() {
    @Nullable Listening last;
    synchronized (this) {
      closed = true;
      last = listening;
    }
    // Outside the lock: its end reports back here, maybe from another thread at the same time.
    if (last != null) {
      last.end(new RedisGoneException("closed", null));
    }
  }

  private synchronized void listen(MultiEmitter<? super Message<Buffer>> emitter) {
    if (!closed) {
      listening =
          new Listening(
              redisChannel,
              bus,
              vertx,
              this::confirmed,
              message -> offer(emitter, message),
              cause -> lost(emitter, cause));
      listening.start(redis);
    }
  }

  private synchronized void confirmed() {
    Gap.Cause cause = subscribedOnce ? Gap.Cause.RESUBSCRIBED : Gap.Cause.STARTED;
    subscribedOnce = true;
    subscribed = true;
    backoff.reset();
    outage.ended();
    tell(cause);
  }

  private synchronized void lost(MultiEmitter<? super Message<Buffer>> emitter, Throwable cause) {
    subscribed = false;
    if (!closed) {
      outage.began(cause);
      vertx.setTimer(backoff.next(), timer -> listen(emitter));
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
