package dev.switchboard.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;

/**
 * The key pair of this working copy: made when it is first needed, kept where only its owner reads
 * it, good for nothing but services that were started here.
 */
final class DevKeys {

  private final Path folder;

  private DevKeys(Path folder) {
    this.folder = folder;
  }

  /** The pair in {@code folder}, which is made if it is not there. */
  static DevKeys in(Path folder) {
    DevKeys keys = new DevKeys(folder);
    if (!Files.exists(keys.privateKey())) {
      keys.make();
    }
    return keys;
  }

  /** What services check tokens with. */
  Path publicKey() {
    return folder.resolve("public.pem");
  }

  private Path privateKey() {
    return folder.resolve("private.pem");
  }

  /** A token that the services of this working copy accept. */
  String token(TokenOptions options) {
    NumericDate now = NumericDate.now();
    JwtClaims claims = new JwtClaims();
    claims.setSubject(options.name());
    claims.setStringClaim("realm", options.realm());
    claims.setIssuedAt(now);
    claims.setExpirationTime(NumericDate.fromSeconds(now.getValue() + options.ttl().toSeconds()));
    JsonWebSignature jws = new JsonWebSignature();
    jws.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
    jws.setHeader("typ", "JWT");
    jws.setPayload(claims.toJson());
    jws.setKey(readPrivateKey());
    try {
      return jws.getCompactSerialization();
    } catch (JoseException e) {
      throw new IllegalStateException("every JDK signs with RSA", e);
    }
  }

  private PrivateKey readPrivateKey() {
    try {
      String pem = Files.readString(privateKey()).replaceAll("-----[A-Z ]+-----|\\s", "");
      return KeyFactory.getInstance("RSA")
          .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(pem)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("not a key: " + privateKey(), e);
    }
  }

  private void make() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      KeyPair pair = generator.generateKeyPair();
      Files.createDirectories(folder);
      Files.writeString(publicKey(), pem("PUBLIC KEY", pair.getPublic().getEncoded()));
      // Its name last: whoever sees it sees a whole pair.
      Path secret =
          Files.createTempFile(
              folder,
              "private",
              ".tmp",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(secret, pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
      Files.move(secret, privateKey());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has RSA", e);
    }
  }

  private static String pem(String what, byte[] encoded) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(
            what, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded), what);
  }
}
