package dev.switchboard.presence.api;

import dev.switchboard.bus.RedisGoneException;
import dev.switchboard.identity.Problem;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** What all answers have in common. */
class Answers {

  private static final Logger LOG = Logger.getLogger(Answers.class);
  private static final int RETRY_AFTER_SECONDS = 2;

  /** Presence is of this moment and of this caller: no cache may keep it or share it. */
  @ServerResponseFilter
  void keptNowhere(ContainerResponseContext response) {
    response.getHeaders().putSingle(HttpHeaders.CACHE_CONTROL, "no-store");
    response.getHeaders().putSingle(HttpHeaders.VARY, "Origin, Authorization");
  }

  /** An outage is no bug: the bus has logged it once, and the caller can come back. */
  @ServerExceptionMapper
  Response redisIsGone(RedisGoneException e) {
    LOG.debugf("a request got no answer: %s", e.getMessage());
    Response unavailable =
        Problem.unavailable("The presence board cannot be read now; try again soon.").toResponse();
    unavailable.getHeaders().putSingle(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
    return unavailable;
  }
}
