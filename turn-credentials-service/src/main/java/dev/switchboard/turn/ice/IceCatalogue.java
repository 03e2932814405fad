package dev.switchboard.turn.ice;

import dev.switchboard.turn.credential.Secrets;
import dev.switchboard.turn.stun.StunServer;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.stream.Stream;

/** The urls that are handed out, checked before the first request comes. */
@ApplicationScoped
class IceCatalogue {

  private final List<IceUrl> stun;
  private final List<IceUrl> turn;
  private final TransportPolicy policy;
  private final StunServer responder;

  IceCatalogue(IceConfig config, StunServer responder) {
    this.stun = config.stunUrls().orElse(List.of()).stream().map(IceUrl::stun).toList();
    this.turn = config.turnUrls().orElse(List.of()).stream().map(IceUrl::turn).toList();
    this.policy = config.transportPolicy();
    this.responder = responder;
  }

  void refuseToStartUseless(@Observes StartupEvent event, Secrets secrets) {
    if (!turn.isEmpty() && secrets.isEmpty()) {
      throw new ConfigurationException(
          "switchboard.ice.turn-urls names TURN servers, but there is no secret to sign"
              + " credentials with: set switchboard.turn.secrets to the one they have");
    }
    if (turn.isEmpty() && policy == TransportPolicy.RELAY) {
      throw new ConfigurationException(
          "switchboard.ice.transport-policy=relay leaves browsers no way without a TURN server: set"
              + " switchboard.ice.turn-urls");
    }
  }

  /** The STUN urls for who asked at {@code host}. */
  List<String> stun(String host) {
    return stunUrls().map(url -> url.at(host)).toList();
  }

  /** The TURN urls for who asked at {@code host}. */
  List<String> turn(String host) {
    return turn.stream().map(url -> url.at(host)).toList();
  }

  TransportPolicy policy() {
    return policy;
  }

  /** Whether any url depends on where the request was sent. */
  boolean needsHost() {
    return Stream.concat(stunUrls(), turn.stream()).anyMatch(IceUrl::needsHost);
  }

  private Stream<IceUrl> stunUrls() {
    return stun.isEmpty()
        ? responder.port().stream().mapToObj(port -> IceUrl.stun("stun:{host}:" + port))
        : stun.stream();
  }
}
