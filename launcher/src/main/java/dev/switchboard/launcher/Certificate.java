package dev.switchboard.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A certificate for this machine, signed by itself: browsers warn once and then allow the camera.
 * Made anew when the machine's addresses change.
 *
 * @param keyStore a PKCS#12 file
 * @param password what opens it
 */
record Certificate(Path keyStore, String password) {

  static Certificate forThisMachine(Layout layout, List<String> addresses)
      throws IOException, InterruptedException {
    Path folder = layout.tls();
    Path keyStore = folder.resolve("localhost.p12");
    Path names = folder.resolve("names");
    Path password = folder.resolve("password");
    String wanted =
        Stream.concat(
                Stream.of("dns:localhost", "ip:127.0.0.1", "ip:::1"),
                addresses.stream().map(address -> "ip:" + address))
            .collect(Collectors.joining(","));
    if (!Files.exists(names) || !Files.readString(names).equals(wanted)) {
      Files.createDirectories(folder);
      Files.deleteIfExists(keyStore);
      Files.deleteIfExists(password);
      Files.createFile(
          password,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(password, Secrets.fresh());
      make(keyStore, Files.readString(password), wanted, folder.resolve("keytool.log"));
      Files.writeString(names, wanted);
    }
    return new Certificate(keyStore, Files.readString(password));
  }

  private static void make(Path keyStore, String password, String names, Path log)
      throws IOException, InterruptedException {
    Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    Child child =
        Child.start(
            "keytool",
            List.of(
                keytool.toString(),
                "-genkeypair",
                "-alias",
                "switchboard",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-validity",
                "365",
                "-dname",
                "CN=Switchboard on this machine",
                "-ext",
                "san=" + names,
                "-storetype",
                "PKCS12",
                "-keystore",
                keyStore.toString(),
                "-storepass:env",
                "STORE_PASSWORD"),
            Map.of("STORE_PASSWORD", password),
            log);
    if (!child.ended(60_000)) {
      child.stop();
    }
    if (!Files.exists(keyStore)) {
      throw new IOException("keytool made no certificate: " + child.lastWords());
    }
  }
}
