package dev.switchboard.launcher;

import io.smallrye.jwt.build.Jwt;
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
import java.time.Instant;
import java.util.Base64;

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

  String token(TokenOptions options) {
    Instant now = Instant.now();
    return Jwt.subject(options.name())
        .claim("realm", options.realm())
        .issuedAt(now)
        .expiresAt(now.plus(options.ttl()))
        .sign(readPrivateKey());
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
