package dev.switchboard.testing;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * The service of the module that is tested, as it was packaged last: its native image if that was
 * built, or else its jar. {@code @QuarkusIntegrationTest} chooses in the same way.
 */
public final class PackagedService {

  private static final Path TARGET = Path.of("target");

  private PackagedService() {}

  /** The command that starts it in the module's directory, with each setting as a property. */
  public static List<String> command(Map<String, String> settings) {
    Properties artifact = artifact();
    String file = TARGET.resolve(artifact.getProperty("path")).toString();
    List<String> properties =
        settings.entrySet().stream()
            .map(setting -> "-D" + setting.getKey() + "=" + setting.getValue())
            .toList();
    List<String> command = new ArrayList<>();
    if (artifact.getProperty("type").equals("native")) {
      command.add(file);
      command.addAll(properties);
    } else {
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(properties);
      command.addAll(List.of("-jar", file));
    }
    return command;
  }

  private static Properties artifact() {
    Properties artifact = new Properties();
    Path told = TARGET.resolve("quarkus-artifact.properties");
    try (Reader reader = Files.newBufferedReader(told, StandardCharsets.UTF_8)) {
      artifact.load(reader);
      return artifact;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
