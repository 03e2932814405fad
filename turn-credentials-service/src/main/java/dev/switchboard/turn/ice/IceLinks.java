package dev.switchboard.turn.ice;

import java.util.List;
import java.util.stream.Stream;

/**
 * ICE servers as Link headers (RFC 9725, section 4.6): one link a url, with the relation {@code
 * ice-server}. What is quoted needs no escape: a user name is percent-encoded, a credential base64.
 */
final class IceLinks {

  private IceLinks() {}

  static List<String> of(IceServers servers) {
    return servers.iceServers().stream().flatMap(IceLinks::each).toList();
  }

  private static Stream<String> each(IceServer server) {
    return server.urls().stream()
        .map(url -> "<" + url + ">; rel=\"ice-server\"" + credential(server));
  }

  private static String credential(IceServer server) {
    return server
        .credential()
        .map(credential ->
            "; username=\""
                + server.username().orElseThrow()
                + "\"; credential=\""
                + credential
                + "\"; credential-type=\"password\"")
        .orElse("");
  }
}
