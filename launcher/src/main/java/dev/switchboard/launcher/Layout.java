package dev.switchboard.launcher;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * Where things are in a working copy. What a run leaves behind is all below {@code .switchboard}.
 */
record Layout(Path root) {

  Path state() {
    return root.resolve(".switchboard");
  }

  Path keys() {
    return state().resolve("keys");
  }

  Path tls() {
    return state().resolve("tls");
  }

  Path runs() {
    return state().resolve("runs");
  }

  Path log(String part, int port) {
    return state().resolve("logs").resolve(part + "-" + port + ".log");
  }

  /** The runnable jar of a service. */
  Path jar(String service) {
    return root.resolve(service).resolve("target/quarkus-app/quarkus-run.jar");
  }

  /** What Quarkus packaged last of a service; the front script sees to it that it is an image. */
  Path image(String service) throws IOException {
    Path target = root.resolve(service).resolve("target");
    Properties artifact = new Properties();
    try (Reader reader = Files.newBufferedReader(target.resolve("quarkus-artifact.properties"))) {
      artifact.load(reader);
    }
    return target.resolve(artifact.getProperty("path"));
  }
}
