package dev.switchboard.turn.relay;

import dev.switchboard.identity.Realm;
import dev.switchboard.turn.credential.Credential;
import dev.switchboard.turn.credential.Mint;
import dev.switchboard.turn.credential.Minted;
import dev.switchboard.turn.url.IceUrl;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.tls.TlsConfigurationRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocketFactory;

/** Asks a relay as a browser would. Blocks; for virtual threads. */
@ApplicationScoped
class Prober {

  /** Nobody else's: a peer of this realm could not be told from a probe in coturn's log. */
  private static final Realm REALM = new Realm("switchboard");

  private static final String NAME = "probe";
  private static final Duration LIFE = Duration.ofMinutes(2);

  private final Mint mint;
  private final Duration timeout;
  private final Optional<String> tlsConfiguration;
  private final TlsConfigurationRegistry tls;
  private final InstantSource clock;

  Prober(RelayConfig config, Mint mint, TlsConfigurationRegistry tls, InstantSource clock) {
    this.mint = mint;
    this.timeout = config.probe().timeout();
    this.tlsConfiguration = config.probe().tlsConfiguration();
    this.tls = tls;
    this.clock = clock;
  }

  /** A Binding, an allocation with a credential of its own, and the allocation given back. */
  Probed probe(IceUrl url) {
    return switch (mint.mint(REALM, NAME, clock.instant(), LIFE)) {
      case Minted.NoSecret() -> new Probed.Fails("no secret is valid");
      case Minted.NameTooLong() -> throw new IllegalStateException("its name is short");
      case Minted.Signed(Credential credential) -> probe(url, credential);
    };
  }

  private Probed probe(IceUrl url, Credential credential) {
    Messages.load();
    try (Wire wire = open(url, Deadline.in(timeout))) {
      TurnDialogue dialogue = new TurnDialogue(wire, credential);
      Duration rtt = dialogue.bind();
      dialogue.allocate();
      dialogue.refresh(Duration.ZERO);
      return new Probed.Answers(rtt);
    } catch (IOException e) {
      return hasNoRoute(e) ? new Probed.NoRoute() : new Probed.Fails(reason(e));
    }
  }

  private Wire open(IceUrl url, Deadline deadline) throws IOException {
    InetSocketAddress server = new InetSocketAddress(InetAddress.getByName(url.host()), url.port());
    return switch (url.carrier()) {
      case UDP -> UdpWire.open(server, deadline);
      case TCP -> StreamWire.open(server, deadline);
      case TLS -> StreamWire.secure(server, url.host(), socketFactory(), deadline);
      case DTLS -> throw new IllegalArgumentException("Java has no DTLS socket");
    };
  }

  private SSLSocketFactory socketFactory() {
    if (tlsConfiguration.isEmpty()) {
      return (SSLSocketFactory) SSLSocketFactory.getDefault();
    }
    try {
      return tls.get(tlsConfiguration.get())
          .orElseThrow(() ->
              new ConfigurationException(
                  "switchboard.relay.probe.tls-configuration names no configuration of quarkus.tls"))
          .createSSLContext()
          .getSocketFactory();
    } catch (ConfigurationException e) {
      throw e;
    } catch (Exception e) {
      throw new ConfigurationException("switchboard.relay.probe.tls-configuration is unusable", e);
    }
  }

  /** ENETUNREACH, which a kernel without a route says at once and no router in between does. */
  private static boolean hasNoRoute(IOException e) {
    return e instanceof SocketException
        && String.valueOf(e.getMessage()).startsWith("Network is unreachable");
  }

  private static String reason(IOException e) {
    return switch (e) {
      case UnknownHostException _ -> "its name is not known";
      case SocketTimeoutException _ -> "no answer in time";
      case ConnectException _, PortUnreachableException _ -> "nothing listens there";
      case SSLException _ -> "no TLS: " + e.getMessage();
      default -> String.valueOf(e.getMessage());
    };
  }
}
