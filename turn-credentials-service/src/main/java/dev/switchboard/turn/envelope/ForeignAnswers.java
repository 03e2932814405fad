package dev.switchboard.turn.envelope;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Locale;

/**
 * What holds for every answer of a foreign shape, a preflight's included: no cache keeps it, and no
 * page of another origin reads it, whatever CORS allows elsewhere.
 */
@ApplicationScoped
class ForeignAnswers {

  private static final int FIRST = Integer.MIN_VALUE;
  private static final List<String> PATHS =
      List.of("/turn*", "/2010-04-01/*", "/v1/turn/*", "/ice", "/_matrix/*");
  private static final String CORS = "access-control-";

  void mark(@Observes Router router) {
    for (String path : PATHS) {
      router
          .route(path)
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
  }

  private static void mark(MultiMap headers) {
    List<String> cors =
        headers.names().stream()
            .filter(name -> name.toLowerCase(Locale.ROOT).startsWith(CORS))
            .toList();
    cors.forEach(headers::remove);
    headers.set(HttpHeaders.CACHE_CONTROL, "no-store");
  }
}
