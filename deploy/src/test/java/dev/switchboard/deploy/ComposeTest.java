package dev.switchboard.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * docker-compose.yml and what it mounts; {@code docker compose config} is run where it is there.
 */
class ComposeTest {

  private static final JsonNode COMPOSE = Repository.yaml("docker-compose.yml");

  private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");

  /** What they are called here, and what they are. */
  private static final Map<String, String> SERVICES =
      Map.of(
          "signaling", "signaling-service",
          "presence", "presence-service",
          "turn-credentials", "turn-credentials-service");

  @Test
  void everyEnvironmentNameOfAServiceIsASetting() {
    SERVICES
        .keySet()
        .forEach(service ->
            assertThat(COMPOSE.at("/services/%s/environment".formatted(service)).propertyStream())
                .as(service)
                .isNotEmpty()
                .allMatch(variable -> Settings.isKnown(variable.getKey())));
  }

  /** Maven reads the pom of every module, also of those that no image is made of. */
  @Test
  void theBuildOfAnImageSeesEveryModule() {
    List<String> seen = Repository.text(".dockerignore").lines().toList();

    assertThat(MODULE.matcher(Repository.text("pom.xml")).results().map(it -> it.group(1)))
        .isNotEmpty()
        .allMatch(
            module -> seen.contains("!" + module) || seen.contains("!" + module + "/pom.xml"));
  }

  @Test
  void theProxyAndPrometheusFindServicesWhereTheyListen() {
    List<String> found = new ArrayList<>();
    String proxy = Repository.text("deploy/compose/Caddyfile");
    String prometheus = Repository.text("deploy/compose/prometheus.yml");
    SERVICES.forEach((name, module) -> {
      int port = Settings.httpPort(module);
      assertThat(proxy).containsPattern("%s[: ]%d".formatted(name, port));
      assertThat(prometheus)
          .contains("job_name: " + module)
          .containsPattern("names: \\[%s], type: A, port: %d".formatted(name, port));
      found.add(name);
    });
    assertThat(found).hasSize(3);
  }

  @Test
  void everyImageHasATagAndNoContainerMayMoreThanItNeeds() {
    COMPOSE
        .path("services")
        .propertyStream()
        .filter(s -> !s.getKey().equals("build"))
        .forEach(entry -> {
          JsonNode service = entry.getValue();
          assertThat(service.path("image").asText())
              .as(entry.getKey())
              .matches(".+:[^:/]+")
              .doesNotEndWith(":latest");
          assertThat(service.path("cap_drop")).as(entry.getKey()).hasToString("[\"ALL\"]");
          assertThat(service.path("read_only").asBoolean()).as(entry.getKey()).isTrue();
        });
  }

  @Test
  void imagesAreThoseOfKubernetes() {
    String compose = Repository.text("docker-compose.yml");
    Cluster.of("overlays/single-node")
        .workloads()
        .flatMap(Cluster::containers)
        .map(container -> container.path("image").asText())
        .filter(image -> !image.startsWith("switchboard/"))
        .forEach(image -> assertThat(compose).contains("image: " + image));
  }

  /** Compose alone knows its tags !override and !reset, so it is read as text. */
  @Test
  void asNativeImagesItHasAnImageOfEachService() {
    String variant = Repository.text("deploy/compose/native.yml");
    SERVICES.forEach((name, module) ->
        assertThat(variant)
            .containsPattern(
                "  %s:\n    build: !override\n      context: %s\n      dockerfile: %s\n    image: %s\n"
                    .formatted(
                        name,
                        module,
                        "src/main/docker/Dockerfile.native",
                        "switchboard/" + module + ":native")));
  }

  @Test
  void whatIsMountedIsThere() {
    Matcher mounts =
        Pattern.compile("- (\\./[^:\\s]+):").matcher(Repository.text("docker-compose.yml"));
    assertThat(mounts.results().map(mount -> Repository.path(mount.group(1)).toFile()))
        .isNotEmpty()
        .allMatch(File::exists);
  }

  @Test
  void dockerUnderstandsIt() {
    // The rest of this class reads the same file; only Compose itself knows all its rules, and few
    // machines have it. The workflow in .github does.
    if (Repository.has("docker") && compose()) {
      Repository.run(List.of("docker", "compose", "config", "--quiet"));
      Repository.run(
          List.of(
              "docker",
              "compose",
              "-f",
              "docker-compose.yml",
              "-f",
              "deploy/compose/native.yml",
              "config",
              "--quiet"));
    } else {
      System.err.println("docker compose is not here: docker-compose.yml was read, not validated");
    }
  }

  private static boolean compose() {
    try {
      Repository.run(List.of("docker", "compose", "version"));
      return true;
    } catch (AssertionError _) {
      return false;
    }
  }
}
