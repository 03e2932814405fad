package dev.switchboard.turn.envelope;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/**
 * An error as Twilio's client libraries read it: they look for {@code code} and {@code message}.
 *
 * @param code out of Twilio's error dictionary
 * @param status the HTTP status
 */
@RegisterForReflection
@JsonPropertyOrder({"code", "message", "status"})
record TwilioError(int code, String message, int status) {

  private static final int INVALID_PARAMETER = 20001;
  private static final int AUTHENTICATE = 20003;
  private static final int NOT_FOUND = 20404;
  private static final int TOO_MANY_REQUESTS = 20429;
  private static final int UNAVAILABLE = 20503;

  static Response malformed(String message) {
    return new TwilioError(INVALID_PARAMETER, message, 400).toResponse().build();
  }

  static Response unauthorized() {
    return new TwilioError(AUTHENTICATE, "Authenticate", 401)
        .toResponse()
        .header(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"switchboard\", charset=\"UTF-8\"")
        .build();
  }

  /** What the desk refused, with the code that fits its status best. */
  static Response refused(int status, String message) {
    int code =
        switch (status) {
          case 403 -> AUTHENTICATE;
          case 429 -> TOO_MANY_REQUESTS;
          case 503 -> UNAVAILABLE;
          default -> INVALID_PARAMETER;
        };
    return new TwilioError(code, message, status).toResponse().build();
  }

  static Response notFound(String message) {
    return new TwilioError(NOT_FOUND, message, 404).toResponse().build();
  }

  private Response.ResponseBuilder toResponse() {
    return Response.status(status).type(MediaType.APPLICATION_JSON).entity(this);
  }
}
