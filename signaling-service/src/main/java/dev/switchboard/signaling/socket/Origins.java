package dev.switchboard.signaling.socket;

import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which pages may open a socket. Browsers do not hold WebSockets to the same-origin policy: without
 * this check any page a user visits could call in the user's name (RFC 6455, section 10.2).
 */
@ApplicationScoped
class Origins {

  private final Set<String> allowed;

  Origins(SocketConfig config) {
    this.allowed =
        config.allowedOrigins().orElse(List.of()).stream()
            .map(origin -> origin.strip().toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
  }

  boolean allow(HttpServerRequest request) {
    return allow(request.getHeader("Origin"), request.getHeader("Host"));
  }

  boolean allow(@Nullable String origin, @Nullable String host) {
    if (origin == null || allowed.contains("*")) {
      return true;
    }
    String asked = origin.toLowerCase(Locale.ROOT);
    return allowed.isEmpty() ? isOf(asked, host) : allowed.contains(asked);
  }

  /** The scheme is not compared: a proxy that ends TLS speaks plain HTTP to us. */
  private static boolean isOf(String origin, @Nullable String host) {
    int authority = origin.indexOf("://");
    return host != null
        && authority > 0
        && origin.substring(authority + 3).equals(host.toLowerCase(Locale.ROOT));
  }
}
