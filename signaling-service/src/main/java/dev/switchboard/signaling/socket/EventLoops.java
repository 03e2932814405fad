package dev.switchboard.signaling.socket;

import io.quarkus.vertx.VertxOptionsCustomizer;
import io.vertx.core.VertxOptions;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * As many event loops as CPUs, unless fewer are asked for. Quarkus starts twice as many, for what
 * may block; nothing here does, and two on one CPU take turns and hand frames to each other.
 */
@ApplicationScoped
class EventLoops implements VertxOptionsCustomizer {

  @Override
  public void accept(VertxOptions options) {
    options.setEventLoopPoolSize(
        Math.min(options.getEventLoopPoolSize(), Runtime.getRuntime().availableProcessors()));
  }
}
