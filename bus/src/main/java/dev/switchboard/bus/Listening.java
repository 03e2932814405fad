package dev.switchboard.bus;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.RedisConnection;
import io.vertx.mutiny.redis.client.Request;
import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.ResponseType;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The life of one connection that is subscribed to one Redis channel. It ends once, for whatever
 * reason, and says so; it is of no use afterwards.
 */
final class Listening {

  private final String redisChannel;
  private final boolean sharded;
  private final Redis redis;
  private final BusConfig bus;
  private final Vertx vertx;
  private final Runnable onConfirmed;
  private final Consumer<Buffer> onMessage;
  private final Consumer<Throwable> onEnd;

  private volatile boolean over;
  private volatile boolean heard;
  private boolean confirmed;
  private long timer;
  private @Nullable RedisConnection connection;

  Listening(
      String redisChannel,
      boolean sharded,
      Redis redis,
      BusConfig bus,
      Vertx vertx,
      Runnable onConfirmed,
      Consumer<Buffer> onMessage,
      Consumer<Throwable> onEnd) {
    this.redisChannel = redisChannel;
    this.sharded = sharded;
    this.redis = redis;
    this.bus = bus;
    this.vertx = vertx;
    this.onConfirmed = onConfirmed;
    this.onMessage = onMessage;
    this.onEnd = onEnd;
  }

  /** Connects and subscribes; it has the bus's time-out to be confirmed. */
  synchronized void start() {
    timer =
        vertx.setTimer(
            bus.timeout().toMillis(),
            late -> end(new RedisGoneException("no subscription in time", null)));
    redis.connect().subscribe().with(this::connected, this::end);
  }

  /** Ends it, unless it has ended. */
  void end(Throwable cause) {
    synchronized (this) {
      if (over) {
        return;
      }
      over = true;
      vertx.cancelTimer(timer);
      if (connection != null) {
        connection.closeAndForget();
      }
    }
    onEnd.accept(cause);
  }

  private synchronized void connected(RedisConnection opened) {
    if (over) {
      // It came too late; unless it is given back, the pool is short of it for good.
      opened.closeAndForget();
      return;
    }
    connection = opened;
    opened.handler(this::received);
    opened.exceptionHandler(this::end);
    opened.endHandler(() -> end(new RedisGoneException("connection closed", null)));
    opened
        .send(Request.cmd(sharded ? Command.SSUBSCRIBE : Command.SUBSCRIBE).arg(redisChannel))
        .subscribe()
        .with(written -> {}, this::end);
  }

  private void received(Response push) {
    if (over) {
      return;
    }
    heard = true;
    if (push.type() == ResponseType.ERROR) {
      end(new RedisGoneException("Redis refuses: " + push, null));
    } else if (push.size() == 3) {
      switch (push.get(0).toString()) {
        case "message", "smessage" -> message(push.get(2).toBuffer().getDelegate());
        case "subscribe", "ssubscribe" -> confirmed();
        // The channel's slot has moved to another shard.
        case "sunsubscribe" -> end(new RedisGoneException("unsubscribed", null));
        default -> {}
      }
    }
  }

  /** An empty one is the probe. */
  private void message(Buffer message) {
    if (message.length() > 0) {
      onMessage.accept(message);
    }
  }

  private void confirmed() {
    synchronized (this) {
      if (over || confirmed) {
        return;
      }
      confirmed = true;
      vertx.cancelTimer(timer);
      timer = vertx.setTimer(bus.probe().toMillis(), quiet -> probe());
    }
    onConfirmed.run();
  }

  /** A connection whose other end vanished looks like one on which nothing is said: so ask. */
  private synchronized void probe() {
    if (over || connection == null) {
      return;
    }
    if (!heard) {
      // Any sign of life counts: the client may take a message that comes first for the answer.
      ask(connection).subscribe().with(answer -> heard = !sharded || heard, refused -> {});
      timer = vertx.setTimer(bus.timeout().toMillis(), late -> judge());
    } else {
      heard = false;
      timer = vertx.setTimer(bus.probe().toMillis(), quiet -> probe());
    }
  }

  /** On Redis Cluster only what comes through the channel itself proves that it is alive. */
  private Uni<Response> ask(RedisConnection asked) {
    return sharded
        ? redis.send(Request.cmd(Command.SPUBLISH).arg(redisChannel).arg(""))
        : asked.send(Request.cmd(Command.PING));
  }

  private void judge() {
    if (heard) {
      probe();
    } else {
      end(new RedisGoneException("Redis is silent", null));
    }
  }
}
