package dev.switchboard.identity;

import com.sun.net.httpserver.HttpServer;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.Jwt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.OkpJwkGenerator;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

/** Who signs tokens, and publishes its keys as a JWKS on a loopback port. */
final class Issuer implements AutoCloseable {

  private static final Map<String, SignatureAlgorithm> ALGORITHMS =
      Map.of(
          "rsa-old", SignatureAlgorithm.RS256,
          "rsa-new", SignatureAlgorithm.RS256,
          "ec", SignatureAlgorithm.ES256,
          "ed", SignatureAlgorithm.EDDSA,
          "never-published", SignatureAlgorithm.RS256);

  private final Map<String, PublicJsonWebKey> keys =
      ALGORITHMS.keySet().stream().collect(Collectors.toMap(Function.identity(), Issuer::generate));
  private final Map<String, PublicJsonWebKey> published = new ConcurrentHashMap<>();
  private final AtomicInteger asked = new AtomicInteger();
  private final HttpServer server;

  private volatile boolean down;

  private Issuer(HttpServer server) {
    this.server = server;
  }

  static Issuer start() {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      Issuer issuer = new Issuer(server);
      server.createContext(
          "/jwks",
          exchange -> {
            try (exchange) {
              issuer.asked.incrementAndGet();
              byte[] body = issuer.jwks().getBytes(StandardCharsets.UTF_8);
              exchange.sendResponseHeaders(issuer.down ? 500 : 200, body.length);
              exchange.getResponseBody().write(body);
            }
          });
      server.start();
      return issuer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/jwks";
  }

  void publish(String... kids) {
    Map<String, PublicJsonWebKey> next =
        Stream.of(kids).collect(Collectors.toMap(Function.identity(), keys::get));
    published.keySet().retainAll(next.keySet());
    published.putAll(next);
  }

  /** Whether it answers 500 to whoever asks for the keys. */
  void isDown(boolean now) {
    down = now;
  }

  /** How often it was asked for its keys. */
  int asked() {
    return asked.get();
  }

  String token(String kid, String sub) {
    return token(kid, kid, sub);
  }

  /** A token that says it was signed by another key than it was. */
  String token(String kid, String saidKid, String sub) {
    PublicJsonWebKey key = Objects.requireNonNull(keys.get(kid));
    return Jwt.subject(sub)
        .expiresIn(Duration.ofMinutes(5))
        .jws()
        .keyId(saidKid)
        .algorithm(ALGORITHMS.get(kid))
        .sign(key.getPrivateKey());
  }

  private String jwks() {
    return new JsonWebKeySet(List.copyOf(published.values()))
        .toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY);
  }

  private static PublicJsonWebKey generate(String kid) {
    try {
      PublicJsonWebKey key =
          switch (ALGORITHMS.get(kid)) {
            case ES256 -> EcJwkGenerator.generateJwk(EllipticCurves.P256);
            case EDDSA -> OkpJwkGenerator.generateJwk("Ed25519");
            case null, default -> RsaJwkGenerator.generateJwk(2048);
          };
      key.setKeyId(kid);
      return key;
    } catch (JoseException e) {
      throw new IllegalStateException("every JDK has these curves", e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
