package dev.switchboard.turn.envelope;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.switchboard.turn.ice.IceServer;
import dev.switchboard.turn.ice.IceServers;
import dev.switchboard.turn.ice.TransportPolicy;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The ICE configuration of STUNner's authentication service: TURN alone.
 *
 * @param iceTransportPolicy {@code all}, {@code public} or {@code relay}
 */
@RegisterForReflection
@JsonPropertyOrder({"iceServers", "iceTransportPolicy"})
record StunnerIce(List<IceServer> iceServers, String iceTransportPolicy) {

  private static final String RELAY = "relay";
  private static final Pattern URL =
      Pattern.compile("(?<scheme>turns?:)(\\[[^]]*]|[^:?]+)(?<rest>.*)");

  /**
   * Empty if no TURN servers are handed out.
   *
   * @param asked the policy asked for; one that is relay here stays so
   * @param publicAddress a host that takes the place of that in every url
   */
  static Optional<StunnerIce> of(IceServers servers, String asked, Optional<String> publicAddress) {
    String policy =
        switch (servers.iceTransportPolicy()) {
          case TransportPolicy.ALL -> asked;
          case TransportPolicy.RELAY -> RELAY;
        };
    return servers.relay().map(relay -> new StunnerIce(List.of(at(relay, publicAddress)), policy));
  }

  private static IceServer at(IceServer relay, Optional<String> publicAddress) {
    return publicAddress
        .map(host -> relay.urls().stream().map(url -> at(url, host)).toList())
        .map(urls -> new IceServer(urls, relay.username(), relay.credential()))
        .orElse(relay);
  }

  private static String at(String url, String host) {
    Matcher matcher = URL.matcher(url);
    return matcher.matches() ? matcher.group("scheme") + host + matcher.group("rest") : url;
  }
}
