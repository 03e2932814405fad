package dev.switchboard.client;

import java.net.http.HttpResponse;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a connection ended, or why there was none.
 *
 * @param retryAfter what the service asked to be left alone for
 */
record Ending(int code, String reason, Duration retryAfter) {

  private static final int TOO_MANY_REQUESTS = 429;
  private static final long LONGEST_SECONDS = 60;

  static Ending of(int code, String reason) {
    return new Ending(code, reason, Duration.ZERO);
  }

  static Ending broken(@Nullable Throwable failure) {
    Throwable cause = failure != null && failure.getCause() != null ? failure.getCause() : failure;
    return cause instanceof WebSocketHandshakeException refused
        ? refused(refused.getResponse())
        : of(CloseCodes.BROKEN, String.valueOf(cause));
  }

  private static Ending refused(HttpResponse<?> response) {
    int status = response.statusCode();
    boolean forGood = status >= 400 && status < 500 && status != TOO_MANY_REQUESTS;
    return new Ending(
        forGood ? CloseCodes.NOT_WELCOME : CloseCodes.BROKEN,
        "HTTP " + status,
        response
            .headers()
            .firstValue("Retry-After")
            .filter(value -> value.matches("[0-9]{1,9}"))
            .map(value -> Duration.ofSeconds(Math.min(LONGEST_SECONDS, Long.parseLong(value))))
            .orElse(Duration.ZERO));
  }

  boolean meansComeBack() {
    return CloseCodes.meansComeBack(code);
  }
}
