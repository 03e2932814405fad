package dev.switchboard.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DevKeysTest {

  @TempDir Path folder;

  @Test
  void aTokenNamesItsPeerAndRealmAndEnds() {
    String token =
        DevKeys.in(folder).token(new TokenOptions("ada", "acme", Duration.ofSeconds(60)));

    String claims =
        new String(
            Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]), StandardCharsets.UTF_8);
    assertThat(claims).contains("\"sub\":\"ada\"", "\"realm\":\"acme\"", "\"exp\":", "\"iat\":");
  }

  @Test
  void thePairIsMadeOnceAndItsSecretHalfIsTheOwnersAlone() throws IOException {
    DevKeys.in(folder.resolve("keys"));
    Path secret = folder.resolve("keys/private.pem");
    String first = Files.readString(secret);
    DevKeys.in(folder.resolve("keys"));

    assertThat(Files.readString(secret)).isEqualTo(first);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
        .isEqualTo("rw-------");
    assertThat(Files.readString(folder.resolve("keys/public.pem")))
        .startsWith("-----BEGIN PUBLIC KEY-----");
  }
}
