package dev.switchboard.bus;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.Request;
import java.util.concurrent.Flow;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One outgoing channel. Each message is acknowledged once Redis has it, or else negatively: then
 * Redis is gone, and the next message is tried all the same. What is tried during an outage is not
 * kept for later.
 */
final class Publication implements Flow.Subscriber<Message<?>> {

  private static final Logger LOG = Logger.getLogger(Publication.class);

  private final String channel;
  private final String redisChannel;
  private final int bufferSize;
  private final Pipeline pipeline;
  private final ObjectMapper json;
  private final Outage outage;
  private volatile Flow.@Nullable Subscription upstream;

  Publication(
      String channel,
      String redisChannel,
      int bufferSize,
      Redis redis,
      BusConfig bus,
      ObjectMapper json) {
    this.channel = channel;
    this.redisChannel = redisChannel;
    this.bufferSize = bufferSize;
    // It never overflows: no more is asked of upstream than fits.
    this.pipeline = new Pipeline(redis, bus.timeout(), bufferSize);
    this.json = json;
    this.outage = new Outage(LOG, "publication to " + redisChannel);
  }

  String channel() {
    return channel;
  }

  String state() {
    return outage.isOn() ? "Redis is gone" : "publishing";
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    upstream = subscription;
    subscription.request(bufferSize);
  }

  @Override
  public void onNext(Message<?> message) {
    Buffer payload;
    try {
      payload = bytes(message.getPayload());
    } catch (JsonProcessingException e) {
      LOG.debugf("dropped a message to %s that is no JSON: %s", channel, e.getMessage());
      settled(message, e);
      return;
    }
    pipeline
        .send(() -> Request.cmd(Command.PUBLISH).arg(redisChannel).arg(payload))
        .subscribe()
        .with(
            receivers -> {
              outage.ended();
              settled(message, null);
            },
            failure -> {
              outage.began(failure);
              settled(message, failure);
            });
  }

  @Override
  public void onError(Throwable failure) {
    LOG.errorf(failure, "nothing more is published to %s: its source failed", channel);
  }

  @Override
  public void onComplete() {
    LOG.debugf("nothing more is published to %s", channel);
  }

  private void settled(Message<?> message, @Nullable Throwable failure) {
    (failure == null ? message.ack() : message.nack(failure))
        .whenComplete((done, ignored) -> {
          Flow.Subscription source = upstream;
          if (source != null) {
            source.request(1);
          }
        });
  }

  private Buffer bytes(Object payload) throws JsonProcessingException {
    return switch (payload) {
      case Buffer buffer -> buffer;
      case io.vertx.core.buffer.Buffer buffer -> Buffer.newInstance(buffer);
      case byte[] bytes -> Buffer.buffer(bytes);
      case String text -> Buffer.buffer(text);
      default -> Buffer.buffer(json.writeValueAsBytes(payload));
    };
  }
}
