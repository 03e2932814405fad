package dev.switchboard.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.Yaml;

/** The files of this working copy, and the tools that read them. */
final class Repository {

  static final List<String> SERVICES =
      List.of("signaling-service", "presence-service", "turn-credentials-service");

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final YAMLMapper YAML = new YAMLMapper();

  private Repository() {}

  static Path path(String name) {
    return ROOT.resolve(name);
  }

  static String text(String name) {
    try {
      return Files.readString(path(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonNode yaml(String name) {
    return documents(text(name)).getFirst();
  }

  /** The documents of a stream of YAML, with what {@code <<} merges in its place. */
  static List<JsonNode> documents(String yaml) {
    // SnakeYAML merges; Jackson alone would leave the key "<<" and its anchors unread.
    var loaded = new Yaml().loadAll(yaml);
    return StreamSupport.stream(loaded.spliterator(), false)
        .map(document -> YAML.<JsonNode>valueToTree(document))
        .filter(JsonNode::isObject)
        .toList();
  }

  /** The sources of one module, without tests. */
  static List<Path> sources(String module) {
    try (Stream<Path> files = Files.walk(path(module).resolve("src/main/java"))) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a command prints; it fails with what the command complains of. */
  static String run(List<String> command) {
    try {
      Path complaints = Files.createTempFile("complaints", ".txt");
      Process process =
          new ProcessBuilder(command)
              .directory(ROOT.toFile())
              .redirectError(complaints.toFile())
              .start();
      String output;
      try (var stdout = process.inputReader()) {
        output = stdout.readAllAsString();
      }
      if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new AssertionError(command + ": " + Files.readString(complaints));
      }
      Files.delete(complaints);
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  static boolean has(String command) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, command)));
  }
}
