package dev.switchboard.signaling.socket;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How a browser, which can set no header on a socket, brings its token: in a sub-protocol, which
 * Quarkus makes a header of, or in the query, which is made one here. From then on there are
 * headers alone, and one set of rules.
 *
 * <p>What is malformed is refused here with 400: further on it would be an error in the log, with
 * the token in it. So is a sub-protocol that carries any header but a bearer token: a page could
 * forge what a proxy says in the others.
 */
@ApplicationScoped
class Carriers {

  /** How a sub-protocol starts that carries a header. */
  private static final String SUBPROTOCOL = "quarkus-http-upgrade";

  /** The name that RFC 6750, section 2.3, gives it. */
  private static final String PARAMETER = "access_token";

  private static final String OFFERED = "Sec-WebSocket-Protocol";

  /** A {@code b64token} of RFC 6750, section 2.1. */
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

  private static final Pattern BEARER =
      Pattern.compile(
          SUBPROTOCOL + "#Authorization#Bearer " + TOKEN.pattern(), Pattern.CASE_INSENSITIVE);

  /** Quarkus makes headers of sub-protocols at 220, and authenticates at 200. */
  private static final int BEFORE_THE_HEADERS_ARE_READ = 250;

  private final Set<String> queryPaths;

  Carriers(SocketConfig config) {
    this.queryPaths = Set.copyOf(config.accessTokenPaths().orElse(List.of()));
  }

  void stand(@Observes Filters filters) {
    filters.register(this::carry, BEFORE_THE_HEADERS_ARE_READ);
  }

  /**
   * Whether all tokens of a request are the same one, or there is none. Asked once each is a
   * header.
   */
  static boolean agree(HttpServerRequest request) {
    return request.headers().getAll(HttpHeaders.AUTHORIZATION).stream().distinct().count() <= 1;
  }

  private void carry(RoutingContext context) {
    MultiMap headers = context.request().headers();
    if (!headers.contains("Sec-WebSocket-Key")) {
      context.next();
    } else if (headers.getAll(OFFERED).stream().allMatch(Carriers::isSound)
        && carryQuery(context)) {
      context.next();
    } else {
      context.response().setStatusCode(400).end();
    }
  }

  private boolean carryQuery(RoutingContext context) {
    if (!queryPaths.contains(context.request().path())) {
      return true;
    }
    List<String> tokens;
    try {
      tokens = context.request().params().getAll(PARAMETER);
    } catch (IllegalArgumentException _) {
      return false;
    }
    if (!tokens.stream().allMatch(token -> TOKEN.matcher(token).matches())) {
      return false;
    }
    tokens.forEach(
        token -> context.request().headers().add(HttpHeaders.AUTHORIZATION, "Bearer " + token));
    return true;
  }

  /** Carriers carry bearer tokens, and beside them a sub-protocol is offered that can be chosen. */
  private static boolean isSound(String offered) {
    List<String> names = Arrays.stream(offered.split(",")).map(String::strip).toList();
    return names.stream().filter(Carriers::isCarrier).allMatch(Carriers::isBearer)
        && !names.stream().allMatch(Carriers::isCarrier);
  }

  static boolean isCarrier(String subprotocol) {
    return subprotocol.startsWith(SUBPROTOCOL);
  }

  private static boolean isBearer(String carrier) {
    try {
      return BEARER.matcher(URLDecoder.decode(carrier, StandardCharsets.UTF_8)).matches();
    } catch (IllegalArgumentException _) {
      return false;
    }
  }
}
