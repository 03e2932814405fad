package dev.switchboard.turn.ice;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.switchboard.identity.Problem;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * What holds for every answer under {@code /ice-servers}, also for those that never reach the
 * resource, such as a preflight: it is the caller's alone, and no cache may keep it.
 */
@ApplicationScoped
class EveryAnswer {

  private static final int FIRST = Integer.MIN_VALUE;

  private final ObjectMapper json;

  EveryAnswer(ObjectMapper json) {
    this.json = json;
  }

  void mark(@Observes Router router) {
    router
        .route("/ice-servers*")
        .order(FIRST)
        .handler(context -> {
          context.addHeadersEndHandler(_ -> mark(context.response().headers()));
          context.next();
        })
        .failureHandler(this::refuseWithoutHost);
  }

  private static void mark(MultiMap headers) {
    headers
        .set(HttpHeaders.CACHE_CONTROL, "no-store")
        .set(HttpHeaders.VARY, "Origin, Authorization");
  }

  /**
   * Vert.x fails a request whose Host is missing or malformed before any handler sees it, and
   * Quarkus would make an internal error of that and log it.
   */
  private void refuseWithoutHost(RoutingContext context) {
    if (context.request().authority() != null) {
      context.next();
      return;
    }
    Problem problem = Problem.badRequest(IceDesk.NO_HOST);
    mark(context.response().headers());
    context
        .response()
        .setStatusCode(problem.status())
        .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
        .end(write(problem));
  }

  private String write(Problem problem) {
    try {
      return json.writeValueAsString(problem);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a problem is a record of strings", e);
    }
  }
}
