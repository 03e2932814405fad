package dev.switchboard.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** coturn, where it is installed, with a secret that only this run knows. */
final class CoturnPart {

  private static final int FIRST_RELAY_PORT = 49160;
  private static final int LAST_RELAY_PORT = 49200;

  private CoturnPart() {}

  /** Where {@code turnserver} is, if it is. */
  static Optional<Path> find() {
    String path = System.getenv().getOrDefault("PATH", "");
    return Stream.concat(Stream.of(path.split(":")), Stream.of("/usr/bin", "/usr/local/bin"))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, "turnserver"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  static Started start(Layout layout, UpOptions options, String secret)
      throws IOException, InterruptedException {
    Optional<Path> turnserver = find();
    if (turnserver.isEmpty()) {
      return new Started.Without("not installed (package coturn): calls go direct, without relay");
    }
    Path configuration = configuration(layout, options, secret);
    Child coturn =
        Child.start(
            "coturn",
            List.of(turnserver.get().toString(), "-c", configuration.toString()),
            Map.of(),
            layout.log("coturn", options.port()));
    while (Addresses.isTcpPortFree("127.0.0.1", options.turnPort())) {
      if (coturn.ended(50)) {
        return new Started.Failed("coturn did not start: " + coturn.lastWords());
      }
    }
    return new Started.Running(coturn, "turn:127.0.0.1:" + options.turnPort());
  }

  /** A file, because the arguments of a process are for everybody on the machine to read. */
  private static Path configuration(Layout layout, UpOptions options, String secret)
      throws IOException {
    List<String> lines =
        new ArrayList<>(
            List.of(
                "listening-port=" + options.turnPort(),
                "min-port=" + FIRST_RELAY_PORT,
                "max-port=" + LAST_RELAY_PORT,
                "use-auth-secret",
                "static-auth-secret=" + secret,
                "realm=switchboard",
                "fingerprint",
                "no-tls",
                "no-dtls",
                "no-cli",
                "log-file=stdout",
                "pidfile=" + layout.state().resolve("coturn-" + options.port() + ".pid")));
    if (options.tls()) {
      lines.add("listening-ip=0.0.0.0");
    } else {
      lines.addAll(List.of("listening-ip=127.0.0.1", "relay-ip=127.0.0.1", "allow-loopback-peers"));
    }
    Path file = layout.state().resolve("coturn-" + options.port() + ".conf");
    Files.createDirectories(layout.state());
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    return Files.write(file, lines);
  }
}
