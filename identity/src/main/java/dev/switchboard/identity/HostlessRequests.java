package dev.switchboard.identity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Answers a request whose Host is missing or malformed. Vert.x fails it before any handler sees it,
 * and Quarkus would make an internal error of that, with a stack trace in the log.
 */
@ApplicationScoped
class HostlessRequests {

  /** Behind whoever has to add headers to every answer of a path. */
  private static final int EARLY = Integer.MIN_VALUE + 1;

  private final ObjectMapper json;

  HostlessRequests(ObjectMapper json) {
    this.json = json;
  }

  void answer(@Observes Router router) {
    router.route().order(EARLY).failureHandler(this::answer);
  }

  private void answer(RoutingContext context) {
    if (context.request().authority() != null) {
      context.next();
      return;
    }
    Problem problem = Problem.badRequest("The Host header names no host.");
    context
        .response()
        .setStatusCode(problem.status())
        .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
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
