package dev.switchboard.signaling.socket;

import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.core.Context;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a socket need not keep of the request that it began with. WebSockets Next keeps that
 * request, its response and what authentication left in it, to answer who the caller is; here the
 * {@link Ticket} knows. It keeps the headers too, a browser's cookies and its token among them.
 */
final class Leftovers {

  private static final String KEY = Leftovers.class.getName();

  /** Of RFC 6455, section 4.2.1: the handshake reads them after the gate. */
  private static final Set<String> NEEDED =
      Set.of("host", "upgrade", "connection", "sec-websocket-key", "sec-websocket-version");

  private final @Nullable RoutingContext request;

  private Leftovers(@Nullable RoutingContext request) {
    this.request = request;
  }

  /** Has {@link #ofThisRequest} find it. The gate is shown less of a request than a filter is. */
  static void of(RoutingContext request) {
    @Nullable Context context = Vertx.currentContext();
    if (context != null) {
      context.putLocal(KEY, request);
    }
  }

  /** Called once, on the thread of the request. */
  static Leftovers ofThisRequest() {
    @Nullable Context context = Vertx.currentContext();
    @Nullable RoutingContext request = context == null ? null : context.getLocal(KEY);
    if (context != null) {
      context.removeLocal(KEY);
    }
    return new Leftovers(request);
  }

  /**
   * Called when the upgrade is permitted, before the handshake.
   *
   * @return what is left of the headers, to be cleared after it
   */
  @SuppressWarnings(
      "deprecation") // Quarkus sets the user of Vert.x 4; what will replace it is in 5
  MultiMap drop(MultiMap headers) {
    if (request != null) {
      request.clearUser();
      request.remove(QuarkusHttpUser.DEFERRED_IDENTITY_KEY);
    }
    for (String name : List.copyOf(headers.names())) {
      if (!NEEDED.contains(name.toLowerCase(Locale.ROOT))) {
        headers.remove(name);
      }
    }
    return headers;
  }
}
