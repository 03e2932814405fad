package dev.switchboard.bus;

import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.redis.client.Redis;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Listens to one Redis channel, over as many connections as it takes: when one is lost, or is
 * silent and does not answer, it subscribes again by itself. At most once: what is published in
 * between is gone, and the gap is told.
 *
 * <p>Messages come one after the other, on an event loop; who takes them must not block.
 */
public final class ChannelListener {

  private static final Logger LOG = Logger.getLogger(ChannelListener.class);

  private final String redisChannel;
  private final boolean sharded;
  private final Redis redis;
  private final BusConfig bus;
  private final Vertx vertx;
  private final Consumer<Buffer> onMessage;
  private final Consumer<Gap.Cause> onGap;
  private final Outage outage;
  private final Backoff backoff;

  private volatile boolean subscribedOnce;
  private volatile boolean subscribed;
  private boolean closed;
  private @Nullable Listening listening;

  private ChannelListener(
      String redisChannel,
      boolean sharded,
      Redis redis,
      BusConfig bus,
      Vertx vertx,
      Consumer<Buffer> onMessage,
      Consumer<Gap.Cause> onGap) {
    this.redisChannel = redisChannel;
    this.sharded = sharded;
    this.redis = redis;
    this.bus = bus;
    this.vertx = vertx;
    this.onMessage = onMessage;
    this.onGap = onGap;
    this.outage = new Outage(LOG, "subscription of " + redisChannel);
    this.backoff = new Backoff(bus.retryFloor(), bus.retryCeiling());
  }

  /** For what is sent by {@code PUBLISH}: on Redis Cluster every node of it hears that. */
  static ChannelListener broadcast(
      String redisChannel,
      Redis redis,
      BusConfig bus,
      Vertx vertx,
      Consumer<Buffer> onMessage,
      Consumer<Gap.Cause> onGap) {
    return new ChannelListener(redisChannel, false, redis, bus, vertx, onMessage, onGap);
  }

  /**
   * For what is sent by {@code SPUBLISH}, which Redis has since 7.0: on Redis Cluster only the
   * shard that the channel belongs to is concerned, and whoever publishes to it is heard in order.
   */
  public static ChannelListener sharded(
      String redisChannel,
      Redis redis,
      BusConfig bus,
      Vertx vertx,
      Consumer<Buffer> onMessage,
      Consumer<Gap.Cause> onGap) {
    return new ChannelListener(redisChannel, true, redis, bus, vertx, onMessage, onGap);
  }

  /** Begins to listen. */
  public synchronized void start() {
    if (!closed) {
      listening =
          new Listening(
              redisChannel, sharded, redis, bus, vertx, this::confirmed, onMessage, this::lost);
      listening.start();
    }
  }

  /** Ends for good. */
  public void close() {
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

  /** Whether it has ever been subscribed. */
  public boolean wasSubscribed() {
    return subscribedOnce;
  }

  /** How it stands, in words. */
  public String state() {
    if (subscribed) {
      return "subscribed";
    }
    return subscribedOnce ? "Redis is gone, subscribing again" : "waiting for Redis";
  }

  private synchronized void confirmed() {
    Gap.Cause cause = subscribedOnce ? Gap.Cause.RESUBSCRIBED : Gap.Cause.STARTED;
    subscribedOnce = true;
    subscribed = true;
    backoff.reset();
    outage.ended();
    onGap.accept(cause);
  }

  private synchronized void lost(Throwable cause) {
    subscribed = false;
    if (!closed) {
      outage.began(cause);
      vertx.setTimer(backoff.next(), timer -> start());
    }
  }
}
