package dev.switchboard.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules of an image that matter here; hadolint has more, where it is installed. */
class DockerfileTest {

  private static final Pattern FROM = Pattern.compile("(?m)^FROM (\\S+)");

  static List<String> dockerfiles() {
    return Repository.SERVICES.stream()
        .flatMap(service ->
            List.of(
                service + "/src/main/docker/Dockerfile.jvm",
                service + "/src/main/docker/Dockerfile.native")
                .stream())
        .toList();
  }

  @ParameterizedTest
  @MethodSource("dockerfiles")
  void anImageIsPinnedLabelledAndRunsAsNobodySpecial(String dockerfile) {
    String text = Repository.text(dockerfile);

    assertThat(FROM.matcher(text).results().map(DockerfileTest::image))
        .isNotEmpty()
        .allMatch(image -> image.equals("scratch") || image.matches(".+:[^:/]+"))
        .noneMatch(image -> image.endsWith(":latest"));
    assertThat(text)
        .contains("org.opencontainers.image.title=")
        .contains("sbom.json")
        .containsPattern("(?m)^USER 10001:10001$")
        .containsPattern("(?m)^ENTRYPOINT \\[");
    String service = dockerfile.substring(0, dockerfile.indexOf('/'));
    assertThat(text).contains("EXPOSE " + Settings.httpPort(service));
  }

  @ParameterizedTest
  @MethodSource("dockerfiles")
  void hadolintFindsNothing(String dockerfile) {
    assumeThat(Repository.has("hadolint")).as("hadolint is here").isTrue();

    Repository.run(List.of("hadolint", dockerfile));
  }

  private static String image(MatchResult from) {
    return from.group(1);
  }
}
