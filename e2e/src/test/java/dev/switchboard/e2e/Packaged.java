package dev.switchboard.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The services as they were packaged: as native images with {@code -Dswitchboard.native=true}. */
public final class Packaged {

  /** Whether it is the native images that are tested. */
  public static final boolean NATIVE = Boolean.getBoolean("switchboard.native");

  private Packaged() {}

  /** The command that starts {@code service} with each setting as a property. */
  public static List<String> command(String service, Map<String, String> settings) {
    Path target = House.script().resolveSibling(service).resolve("target");
    List<String> properties =
        settings.entrySet().stream()
            .map(setting -> "-D" + setting.getKey() + "=" + setting.getValue())
            .toList();
    List<String> command = new ArrayList<>();
    if (NATIVE) {
      command.add(image(target).toString());
      command.addAll(properties);
    } else {
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m"));
      command.addAll(properties);
      command.addAll(List.of("-jar", target.resolve("quarkus-app/quarkus-run.jar").toString()));
    }
    return command;
  }

  private static Path image(Path target) {
    try (Stream<Path> files = Files.list(target)) {
      return files.filter(file -> file.toString().endsWith("-runner")).findFirst().orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
