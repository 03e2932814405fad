package dev.switchboard.signaling.page;

import dev.switchboard.identity.AuthConfig;
import dev.switchboard.identity.Problem;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Locale;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** {@code GET /config.json}: the origins of the three services, as seen from the browser. */
@Path("/config.json")
class ConfigResource {

  /** A host name, an IPv4 address or an IPv6 address in brackets; nothing that needs escaping. */
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._-]{1,255}|\\[[0-9A-Fa-f:.]+]");

  private final PageConfig page;
  private final AuthConfig auth;

  ConfigResource(PageConfig page, AuthConfig auth) {
    this.page = page;
    this.auth = auth;
  }

  @GET
  @Operation(summary = "Where the page finds the three services, and whether it needs a token")
  public Response config(@Context HttpServerRequest request) {
    HostAndPort authority = request.authority();
    if (authority == null || !HOST.matcher(authority.host()).matches()) {
      return Problem.badRequest("The Host header names no host.").toResponse();
    }
    Origins origins =
        new Origins(
            fill(page.signalingUrl(), request, authority).replaceFirst("^http", "ws"),
            fill(page.presenceUrl(), request, authority),
            fill(page.iceUrl(), request, authority),
            auth.mode().name().toLowerCase(Locale.ROOT));
    return Response.ok(origins).header(HttpHeaders.CACHE_CONTROL, "no-cache").build();
  }

  private static String fill(String url, HttpServerRequest request, HostAndPort authority) {
    String port = authority.port() > 0 ? ":" + authority.port() : "";
    return url.replace("{scheme}", request.scheme())
        .replace("{host}", authority.host())
        .replace("{authority}", authority.host() + port);
  }

  /** The document. */
  record Origins(String signaling, String presence, String ice, String auth) {}
}
