package dev.switchboard.bus;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.reactive.messaging.annotations.ConnectorAttribute;
import io.smallrye.reactive.messaging.connector.InboundConnector;
import io.smallrye.reactive.messaging.connector.OutboundConnector;
import io.smallrye.reactive.messaging.health.HealthReport;
import io.smallrye.reactive.messaging.health.HealthReporter;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.spi.Connector;

/**
 * Redis pub/sub as a connector of Reactive Messaging. At most once: what is published while a
 * service is not subscribed is gone for it, and a {@link Gap} tells it so.
 *
 * <p>Incoming payloads are {@code io.vertx.core.buffer.Buffer}. Outgoing ones are a {@code Buffer},
 * a {@code byte[]} or a {@code String} as they are, and anything else as JSON.
 *
 * <p>A service starts without Redis and heals when it comes. It is alive always, and ready from the
 * first subscription on, whatever Redis does later; the health data say how each channel stands.
 */
@ApplicationScoped
@Connector(RedisConnector.NAME)
@ConnectorAttribute(
    name = "redis-channel",
    type = "string",
    direction = ConnectorAttribute.Direction.INCOMING_AND_OUTGOING,
    description = "The Redis channel; by default the name of the channel itself")
@ConnectorAttribute(
    name = "buffer-size",
    type = "int",
    defaultValue = "1024",
    direction = ConnectorAttribute.Direction.INCOMING_AND_OUTGOING,
    description =
        "How many messages may wait: incoming ones for the application, further ones are dropped and"
            + " counted; outgoing ones for Redis, further ones wait upstream")
class RedisConnector implements InboundConnector, OutboundConnector, HealthReporter {

  static final String NAME = "switchboard-redis";

  private final ReactiveRedisDataSource redis;
  private final BusConfig bus;
  private final Vertx vertx;
  private final ObjectMapper json;
  private final MeterRegistry metrics;
  private final Event<Gap> gaps;
  private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();
  private final List<Publication> publications = new CopyOnWriteArrayList<>();

  RedisConnector(
      ReactiveRedisDataSource redis,
      BusConfig bus,
      Vertx vertx,
      ObjectMapper json,
      MeterRegistry metrics,
      Event<Gap> gaps) {
    this.redis = redis;
    this.bus = bus;
    this.vertx = vertx;
    this.json = json;
    this.metrics = metrics;
    this.gaps = gaps;
  }

  @Override
  public Flow.Publisher<? extends Message<?>> getPublisher(Config config) {
    Channel channel = Channel.of(config);
    Subscription subscription =
        new Subscription(
            channel.name(),
            channel.redisChannel(),
            channel.bufferSize(),
            redis.getRedis(),
            bus,
            vertx,
            metrics,
            gaps);
    subscriptions.add(subscription);
    return subscription.messages();
  }

  @Override
  public Flow.Subscriber<? extends Message<?>> getSubscriber(Config config) {
    Channel channel = Channel.of(config);
    Publication publication =
        new Publication(
            channel.name(), channel.redisChannel, channel.bufferSize, redis.getRedis(), bus, json);
    publications.add(publication);
    return publication;
  }

  @Override
  public HealthReport getReadiness() {
    HealthReport.HealthReportBuilder report = HealthReport.builder();
    for (Subscription subscription : subscriptions) {
      report.add(subscription.channel(), subscription.isReady(), subscription.state());
    }
    for (Publication publication : publications) {
      report.add(publication.channel(), true, publication.state());
    }
    return report.build();
  }

  void stop(@Observes ShutdownEvent event) {
    subscriptions.forEach(Subscription::close);
  }

  /**
   * The attributes above, as one channel has them. Read by hand: SmallRye's processor that
   * generates such a class speaks Java 8, which is a warning to javac, and warnings fail the build.
   */
  private record Channel(String name, String redisChannel, int bufferSize) {

    static Channel of(Config config) {
      String name = config.getValue(CHANNEL_NAME_ATTRIBUTE, String.class);
      int bufferSize = config.getOptionalValue("buffer-size", Integer.class).orElse(1024);
      if (bufferSize < 1) {
        throw new IllegalArgumentException("buffer-size of channel " + name + " is below 1");
      }
      return new Channel(
          name, config.getOptionalValue("redis-channel", String.class).orElse(name), bufferSize);
    }
  }
}
