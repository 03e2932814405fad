package dev.switchboard.turn.ice;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * What holds for every answer under {@code /ice-servers}, also for those that never reach the
 * resource, such as a preflight: it is the caller's alone, and no cache may keep it.
 */
@ApplicationScoped
class EveryAnswer {

  private static final int FIRST = Integer.MIN_VALUE;

  void mark(@Observes Router router) {
    router
        .route("/ice-servers*")
        .order(FIRST)
        .handler(context -> {
          context.addHeadersEndHandler(_ -> mark(context.response().headers()));
          context.next();
        })
        .failureHandler(context -> {
          mark(context.response().headers());
          context.next();
        });
  }

  private static void mark(MultiMap headers) {
    headers
        .set(HttpHeaders.CACHE_CONTROL, "no-store")
        .set(HttpHeaders.VARY, "Origin, Authorization");
  }
}
