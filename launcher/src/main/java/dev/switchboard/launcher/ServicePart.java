package dev.switchboard.launcher;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** One of the three services, as a process of its own. */
final class ServicePart {

  private final String name;
  private final int port;
  private final Child child;

  private ServicePart(String name, int port, Child child) {
    this.name = name;
    this.port = port;
    this.child = child;
  }

  static ServicePart launch(
      Layout layout, UpOptions options, String name, int port, Map<String, String> environment)
      throws IOException {
    List<String> command =
        options.images() ? List.of(layout.image(name).toString()) : jvm(layout.jar(name));
    Child child = Child.start(name, command, environment, layout.log(name, port));
    return new ServicePart(name, port, child);
  }

  private static List<String> jvm(Path jar) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx256m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow",
        "-jar",
        jar.toString());
  }

  Child child() {
    return child;
  }

  /** Waits until it is ready, or has failed. */
  Started await(UpOptions options, Probe probe) throws InterruptedException {
    while (!probe.isReady(port)) {
      if (child.ended(100)) {
        return new Started.Failed(name + " did not start: " + child.lastWords());
      }
    }
    return new Started.Running(child, options.scheme() + "://localhost:" + port);
  }
}
