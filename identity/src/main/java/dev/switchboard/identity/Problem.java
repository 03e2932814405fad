package dev.switchboard.identity;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

/**
 * An error as RFC 9457 writes it.
 *
 * @param type {@code about:blank} where the status says it all
 * @param title the status in words
 * @param status the HTTP status
 * @param detail what the caller can do about it; never a secret, never a token
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(String type, String title, int status, String detail) {

  /** The media type of RFC 9457. */
  public static final String MEDIA_TYPE = "application/problem+json";

  private static final int RETRY_AFTER_SECONDS = 5;

  /** A problem of this status. */
  public static Problem of(Response.StatusType status, String detail) {
    return new Problem("about:blank", status.getReasonPhrase(), status.getStatusCode(), detail);
  }

  public static Problem badRequest(String detail) {
    return of(Response.Status.BAD_REQUEST, detail);
  }

  public static Problem unauthorized(String detail) {
    return of(Response.Status.UNAUTHORIZED, detail);
  }

  public static Problem forbidden(String detail) {
    return of(Response.Status.FORBIDDEN, detail);
  }

  public static Problem unavailable(String detail) {
    return of(Response.Status.SERVICE_UNAVAILABLE, detail);
  }

  /** This problem as the response of a REST endpoint. */
  public Response toResponse() {
    Response.ResponseBuilder response =
        Response.status(status)
            .type(MEDIA_TYPE)
            .header(HttpHeaders.CACHE_CONTROL, "no-store")
            .entity(this);
    if (status == Response.Status.UNAUTHORIZED.getStatusCode()) {
      response.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
    }
    if (status == Response.Status.SERVICE_UNAVAILABLE.getStatusCode()) {
      response.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
    }
    return response.build();
  }
}
