package dev.switchboard.turn.ice;

import dev.switchboard.turn.credential.Secrets;
import dev.switchboard.turn.relay.Relays;
import dev.switchboard.turn.stun.StunServer;
import dev.switchboard.turn.url.IceUrl;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The urls that are handed out, checked before the first request comes. */
@ApplicationScoped
class IceCatalogue {

  private static final String STUN_URLS = "switchboard.ice.stun-urls";

  private final List<IceUrl> stun;
  private final Relays relays;
  private final TransportPolicy policy;
  private final StunServer responder;

  IceCatalogue(IceConfig config, Relays relays, StunServer responder) {
    this.stun =
        config.stunUrls().orElse(List.of()).stream()
            .map(url -> IceUrl.stun(url, STUN_URLS))
            .toList();
    this.relays = relays;
    this.policy = config.transportPolicy();
    this.responder = responder;
  }

  void refuseToStartUseless(@Observes StartupEvent event, Secrets secrets) {
    if (!relays.isEmpty() && secrets.isEmpty()) {
      throw new ConfigurationException(
          "There are TURN servers in switchboard.ice.turn-urls or switchboard.relay.pools, but there is no secret to sign"
              + " credentials with: set switchboard.turn.secrets to the one they have");
    }
    if (relays.isEmpty() && policy == TransportPolicy.RELAY) {
      throw new ConfigurationException(
          "switchboard.ice.transport-policy=relay leaves browsers no way without a TURN server: set"
              + " switchboard.ice.turn-urls");
    }
  }

  /** The STUN urls for who asked at {@code host}. */
  List<String> stun(String host) {
    return stunUrls().map(url -> url.at(host)).toList();
  }

  /** The TURN urls for who asked at {@code host}, of a region that need not be there. */
  List<String> turn(String host, Optional<String> region) {
    return relays.of(region).stream().map(url -> url.at(host)).toList();
  }

  TransportPolicy policy() {
    return policy;
  }

  /** Whether any url depends on where the request was sent. */
  boolean needsHost() {
    return relays.needsHost() || stunUrls().anyMatch(IceUrl::needsHost);
  }

  private Stream<IceUrl> stunUrls() {
    return stun.isEmpty()
        ? responder.port().stream().mapToObj(port -> IceUrl.stun("stun:{host}:" + port, STUN_URLS))
        : stun.stream();
  }
}
