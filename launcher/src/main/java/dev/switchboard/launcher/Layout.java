package dev.switchboard.launcher;

import java.nio.file.Path;

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
}
