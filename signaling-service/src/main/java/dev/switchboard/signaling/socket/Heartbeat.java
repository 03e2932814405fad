package dev.switchboard.signaling.socket;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.TimeUnit;

/**
 * Cuts clients that are gone without a word. The server pings by itself ({@code
 * quarkus.websockets-next.server.auto-ping-interval}) but does not miss the pong; a limit on how
 * long nothing at all may be read does. It is shorter than Quarkus' own limit on silence, which
 * would be a second timer of each connection.
 */
@ApplicationScoped
class Heartbeat implements HttpServerOptionsCustomizer {

  private final SocketConfig config;

  Heartbeat(SocketConfig config) {
    this.config = config;
  }

  @Override
  public void customizeHttpServer(HttpServerOptions options) {
    cutSilence(options);
  }

  @Override
  public void customizeHttpsServer(HttpServerOptions options) {
    cutSilence(options);
  }

  private void cutSilence(HttpServerOptions options) {
    options.setIdleTimeout(0);
    options.setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
    options.setReadIdleTimeout(Math.toIntExact(config.deadAfter().toMillis()));
  }
}
