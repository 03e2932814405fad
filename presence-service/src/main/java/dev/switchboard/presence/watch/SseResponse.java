package dev.switchboard.presence.watch;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;

/**
 * Server-sent events (HTML, section 9.2) over one HTTP response. The next one is asked for when the
 * one before has been written to the socket.
 *
 * <p>Written by hand: what Quarkus REST makes of a stream of events has answered 200 before it is
 * known whether there will be one, and so cannot refuse.
 */
final class SseResponse {

  private SseResponse() {}

  /** Writes until nothing more is told, or the client is gone. */
  static void write(Multi<Telling> tellings, RoutingContext http) {
    HttpServerResponse response = http.response();
    response
        .setChunked(true)
        .putHeader(HttpHeaders.CONTENT_TYPE, MediaType.SERVER_SENT_EVENTS)
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .putHeader(HttpHeaders.VARY, "Origin, Authorization")
        // No proxy may collect events before it hands them on.
        .putHeader("X-Accel-Buffering", "no");
    Cancellable written =
        tellings
            .onItem()
            .transformToUniAndConcatenate(telling ->
                Uni.createFrom()
                    .completionStage(() -> response.write(text(telling)).toCompletionStage()))
            .onTermination()
            .invoke(() -> end(response))
            .subscribe()
            .with(_ -> {}, _ -> {});
    http.addEndHandler(_ -> written.cancel());
  }

  private static void end(HttpServerResponse response) {
    if (!response.ended() && !response.closed()) {
      response.end();
    }
  }

  /** No data has a line break: it is JSON. */
  private static String text(Telling telling) {
    if (telling.equals(Telling.HEARTBEAT)) {
      return ":\n\n";
    }
    String id = telling.id().isEmpty() ? "" : "id: " + telling.id() + "\n";
    return id + "event: " + telling.name() + "\ndata: " + telling.data() + "\n\n";
  }
}
