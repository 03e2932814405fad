package dev.switchboard.identity;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Whatever goes wrong in a REST endpoint leaves it as problem JSON. */
class ProblemMappers {

  private static final Logger LOG = Logger.getLogger(ProblemMappers.class);

  /** What JAX-RS itself refuses: no such path, a method or media type that is not served. */
  @ServerExceptionMapper
  Response refusedByJaxRs(WebApplicationException e) {
    Response refused = e.getResponse();
    if (refused.getStatus() < 400 || refused.hasEntity()) {
      return refused;
    }
    Response problem =
        Problem.of(refused.getStatusInfo(), detail(refused.getStatus())).toResponse();
    problem.getHeaders().putAll(refused.getHeaders());
    return problem;
  }

  /** A bug or an outage: told in full to the log, and not at all to the caller. */
  @ServerExceptionMapper
  Response bug(Throwable e) {
    LOG.error("a request failed", e);
    return Problem.of(
            Response.Status.INTERNAL_SERVER_ERROR, "The service failed; it has logged why.")
        .toResponse();
  }

  private static String detail(int status) {
    return switch (status) {
      case 400 -> "The request is malformed.";
      case 404 -> "There is nothing at this path.";
      case 405 -> "This path does not serve that method.";
      case 406 -> "Only JSON is served here.";
      case 413 -> "The request is too large.";
      case 415 -> "Only JSON is read here.";
      default -> "";
    };
  }
}
