package dev.switchboard.testing;

import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;

/** An RS256 key pair, and the tokens it signs. */
public final class TestKeys {

  private static final Path PRIVATE = Path.of("target", "test-key.der");
  private static final Path PUBLIC = Path.of("target", "test-key.pem");

  private final PrivateKey privateKey;
  private final String publicKeyPem;

  private TestKeys(PrivateKey privateKey, String publicKeyPem) {
    this.privateKey = privateKey;
    this.publicKeyPem = publicKeyPem;
  }

  /** A pair that nobody else has: its tokens are forgeries to a service that trusts another. */
  public static TestKeys generate() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      KeyPair pair = generator.generateKeyPair();
      return new TestKeys(pair.getPrivate(), pem(pair.getPublic().getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has RSA", e);
    }
  }

  /**
   * The pair of this module's tests. Quarkus loads a test, its profile and its resources in
   * different class loaders, so a static field would be several: the pair lives under {@code
   * target/}.
   */
  public static TestKeys shared() {
    try {
      if (!Files.exists(PRIVATE)) {
        TestKeys fresh = generate();
        Files.writeString(PUBLIC, fresh.publicKeyPem);
        Files.write(PRIVATE, fresh.privateKey.getEncoded());
      }
      return new TestKeys(
          KeyFactory.getInstance("RSA")
              .generatePrivate(new PKCS8EncodedKeySpec(Files.readAllBytes(PRIVATE))),
          Files.readString(PUBLIC));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the shared key is one we wrote", e);
    }
  }

  /** The public half as the PEM that {@code mp.jwt.verify.publickey} takes. */
  public String publicKeyPem() {
    return publicKeyPem;
  }

  /** A token for {@code sub}, valid for five minutes, with these further claims. */
  public String token(String sub, Map<String, Object> claims) {
    return token(sub, claims, Instant.now().plus(Duration.ofMinutes(5)));
  }

  /** A token that ends when it is told to; in the past, it is an expired one. */
  public String token(String sub, Map<String, Object> claims, Instant expiresAt) {
    JwtClaimsBuilder builder =
        Jwt.subject(sub).issuedAt(expiresAt.minus(Duration.ofHours(1))).expiresAt(expiresAt);
    claims.forEach(builder::claim);
    return builder.jws().algorithm(SignatureAlgorithm.RS256).sign(privateKey);
  }

  private static String pem(byte[] encoded) {
    return "-----BEGIN PUBLIC KEY-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded)
        + "\n-----END PUBLIC KEY-----\n";
  }
}
