package dev.switchboard.launcher;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the services are told, as environment variables: unlike arguments they are nobody else's to
 * read.
 *
 * @param redisUrl the Redis they share
 * @param turnSecret what coturn and turn-credentials-service share, if there is a coturn
 * @param publicKey what tokens are checked with
 * @param addresses by which other machines may know this one
 * @param certificate for HTTPS, if it was asked for
 */
record ServiceSettings(
    UpOptions options,
    String redisUrl,
    Optional<String> turnSecret,
    Path publicKey,
    List<String> addresses,
    Optional<Certificate> certificate) {

  /** The three services. */
  enum Service {
    SIGNALING("signaling-service"),
    PRESENCE("presence-service"),
    TURN_CREDENTIALS("turn-credentials-service");

    private final String module;

    Service(String module) {
      this.module = module;
    }

    String module() {
      return module;
    }

    /** Where each of its pods listens. */
    List<Integer> ports(UpOptions options) {
      return switch (this) {
        case SIGNALING -> options.signalingPorts();
        case PRESENCE -> List.of(options.presencePort());
        case TURN_CREDENTIALS -> List.of(options.icePort());
      };
    }
  }

  Map<String, String> environment(Service service, int port) {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("QUARKUS_HTTP_HOST", options.bindAddress());
    environment.put("SWITCHBOARD_AUTH_MODE", options.closed() ? "closed" : "open");
    environment.put("MP_JWT_VERIFY_PUBLICKEY_LOCATION", publicKey.toUri().toString());
    environment.put(
        certificate.isPresent() ? "QUARKUS_HTTP_SSL_PORT" : "QUARKUS_HTTP_PORT",
        String.valueOf(port));
    certificate.ifPresent(tls -> {
      environment.put("QUARKUS_HTTP_INSECURE_REQUESTS", "disabled");
      environment.put("QUARKUS_TLS_KEY_STORE_P12_PATH", tls.keyStore().toString());
      environment.put("QUARKUS_TLS_KEY_STORE_P12_PASSWORD", tls.password());
    });
    switch (service) {
      case SIGNALING -> {
        environment.put("REDIS_URL", redisUrl);
        // A pod that is alone needs nobody to remember for it.
        environment.put("SWITCHBOARD_STATE", options.pods() > 1 ? "redis" : "memory");
        // All pods stop at once, so there is none to move to.
        environment.put("SWITCHBOARD_DRAIN_WITHIN", "0s");
        environment.put("SWITCHBOARD_DRAIN_GRACE", "0s");
        environment.put(
            "SWITCHBOARD_PAGE_PRESENCE_URL", "{scheme}://{host}:" + options.presencePort());
        environment.put("SWITCHBOARD_PAGE_ICE_URL", "{scheme}://{host}:" + options.icePort());
      }
      case PRESENCE -> {
        environment.put("REDIS_URL", redisUrl);
        environment.put("QUARKUS_HTTP_CORS_ORIGINS", origins());
      }
      case TURN_CREDENTIALS -> {
        environment.put("QUARKUS_HTTP_CORS_ORIGINS", origins());
        environment.put("SWITCHBOARD_STUN_PORT", String.valueOf(options.stunPort()));
        environment.put(
            "SWITCHBOARD_STUN_ADDRESSES", options.tls() ? "0.0.0.0,::" : "127.0.0.1,::1");
        environment.put("SWITCHBOARD_ICE_STUN_URLS", "stun:" + host() + ":" + options.stunPort());
        turnSecret.ifPresent(secret -> turn(environment, secret));
      }
    }
    return environment;
  }

  private void turn(Map<String, String> environment, String secret) {
    String turn = "turn:" + host() + ":" + options.turnPort() + "?transport=";
    environment.put("SWITCHBOARD_TURN_SECRETS", secret);
    environment.put("SWITCHBOARD_ICE_TURN_URLS", turn + "udp," + turn + "tcp");
    environment.put("SWITCHBOARD_ICE_TRANSPORT_POLICY", options.relayOnly() ? "relay" : "all");
  }

  /**
   * On loopback a literal address: browsers may try {@code ::1} for localhost, coturn is not there.
   */
  private String host() {
    return options.tls() ? "{host}" : "127.0.0.1";
  }

  /** Where the page may have come from. */
  private String origins() {
    return Stream.concat(Stream.of("localhost", "127.0.0.1"), addresses.stream())
        .flatMap(host ->
            options.signalingPorts().stream()
                .map(port -> options.scheme() + "://" + host + ":" + port))
        .collect(Collectors.joining(","));
  }
}
