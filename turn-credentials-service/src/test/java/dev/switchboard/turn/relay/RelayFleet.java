package dev.switchboard.turn.relay;

import dev.switchboard.turn.Coturn;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Two relays that share a secret with the service, and one that has another. */
public final class RelayFleet implements QuarkusTestResourceLifecycleManager {

  private static final String SECRET = "--static-auth-secret=what-the-relay-and-we-know";
  private static final Path KEY = Path.of("target", "relay-key.pem");
  private static final Path CERTIFICATE = Path.of("target", "relay-cert.pem");

  private final List<Coturn> fleet = new ArrayList<>();

  @Override
  public Map<String, String> start() {
    certify();
    Coturn one =
        started(SECRET, "--cert=" + CERTIFICATE.toAbsolutePath(), "--pkey=" + KEY.toAbsolutePath());
    Coturn two = started(SECRET);
    Coturn stranger = started("--static-auth-secret=what-it-shares-with-others");
    return Map.ofEntries(
        Map.entry("switchboard.auth.mode", "open"),
        Map.entry("switchboard.stun.enabled", "false"),
        Map.entry("switchboard.turn.secrets", "what-the-relay-and-we-know"),
        Map.entry("switchboard.relay.probe.enabled", "true"),
        Map.entry("switchboard.relay.probe.interval", "200ms"),
        Map.entry("switchboard.relay.probe.timeout", "2s"),
        Map.entry("switchboard.relay.probe.tls-configuration", "relays"),
        Map.entry(
            "quarkus.tls.relays.trust-store.pem.certs", CERTIFICATE.toAbsolutePath().toString()),
        Map.entry("switchboard.relay.default-region", "eu"),
        Map.entry(
            "switchboard.relay.pools.eu.one.urls",
            turn(one, "udp") + "," + turn(one, "tcp") + ",turns:127.0.0.1:" + one.tlsPort()),
        Map.entry("switchboard.relay.pools.eu.two.urls", turn(two, "udp")),
        Map.entry("switchboard.relay.pools.eu.stranger.urls", turn(stranger, "udp")),
        Map.entry("switchboard.relay.operators", "ops"),
        // printf %s a-key-of-the-shop | sha256sum
        Map.entry(
            "switchboard.api-keys.ops.hash",
            "4870db2ecb00a53967cb9efe59d344694b135f45b9931cd2495df1221ed05431"));
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(
        fleet, new TestInjector.AnnotatedAndMatchesType(Fleet.class, List.class));
  }

  @Override
  public void stop() {
    fleet.forEach(Coturn::close);
  }

  private Coturn started(String... options) {
    Coturn coturn = Coturn.start(options);
    fleet.add(coturn);
    return coturn;
  }

  private static String turn(Coturn coturn, String transport) {
    return "turn:127.0.0.1:" + coturn.port() + "?transport=" + transport;
  }

  private static void certify() {
    try {
      Process openssl =
          new ProcessBuilder(
                  Coturn.installed("openssl"),
                  "req",
                  "-x509",
                  "-newkey",
                  "rsa:2048",
                  "-nodes",
                  "-days",
                  "2",
                  "-subj",
                  "/CN=relay",
                  "-addext",
                  "subjectAltName=IP:127.0.0.1",
                  "-keyout",
                  KEY.toString(),
                  "-out",
                  CERTIFICATE.toString())
              .redirectErrorStream(true)
              .redirectOutput(Path.of("target", "openssl.log").toFile())
              .start();
      if (!openssl.waitFor(30, TimeUnit.SECONDS) || openssl.exitValue() != 0) {
        throw new AssertionError("openssl made no certificate: see target/openssl.log");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
