package dev.switchboard.presence.webhook;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.switchboard.presence.feed.Feed;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.concurrent.Executor;

/** One receiver, with who fills its queue here and who delivers; both on one event loop. */
final class Webhook {

  private final Filler filler;
  private final Courier courier;

  Webhook(
      Receiver receiver,
      Feed feed,
      Spool spool,
      Post post,
      ObjectMapper json,
      MeterRegistry metrics,
      Vertx vertx) {
    Context context = vertx.getOrCreateContext();
    Executor loop = step -> context.runOnContext(_ -> step.run());
    this.courier =
        new Courier(receiver, spool, post, new WebhookMetrics(metrics, receiver.name()), loop);
    this.filler = new Filler(receiver, feed, spool, json, loop, courier::beat);
  }

  /** In case something is due, or went wrong; any thread. */
  void beat() {
    filler.beat();
    courier.beat();
  }

  /** Ends when nothing is under way any more. */
  Uni<Void> stop() {
    filler.stop();
    return courier.stop();
  }
}
