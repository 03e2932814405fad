package dev.switchboard.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Alerts, dashboards and the page about them speak of metrics that exist. */
class ObservabilityTest {

  private static final String PAGE = "docs/operations.md";
  private static final Pattern METER = Pattern.compile("\"(switchboard\\.[a-z.]+[a-z])\"");
  private static final Pattern SERIES = Pattern.compile("\\bswitchboard_[a-z_]+");
  private static final Pattern SUFFIX =
      Pattern.compile("(_total|_seconds|_bucket|_count|_sum|_max)+$");

  private static final JsonNode RULES = Repository.yaml("deploy/prometheus/rules.yml");

  @Test
  void kubernetesHasTheAlertsOfCompose() {
    JsonNode rule = Repository.yaml("deploy/kubernetes/components/monitoring/prometheus-rule.yaml");
    assertThat(rule.at("/spec/groups")).isNotEmpty().isEqualTo(RULES.path("groups"));
  }

  @Test
  void whatAlertsAndDashboardsReadIsMeasured() {
    Set<String> read =
        series(
            Repository.text("deploy/prometheus/rules.yml"),
            Repository.text("deploy/grafana/dashboards/switchboard.json"));
    assertThat(read).isNotEmpty().isSubsetOf(meters());
  }

  @Test
  void everyMetricIsOnThePage() {
    String page = Repository.text(PAGE);
    String table = page.substring(page.indexOf("## Metrics"), page.indexOf("## Alerts"));
    assertThat(series(table)).isEqualTo(metersOnly());
  }

  @Test
  void everyAlertIsOnThePage() {
    String page = Repository.text(PAGE);
    assertThat(RULES.findValuesAsText("alert"))
        .isNotEmpty()
        .allMatch(alert -> page.contains("`" + alert + "`"));
  }

  private static Set<String> series(String... texts) {
    return Stream.of(texts)
        .flatMap(text -> SERIES.matcher(text).results())
        .map(found -> SUFFIX.matcher(found.group()).replaceFirst(""))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Every dotted name that the sources have; some are prefixes of settings. */
  private static Set<String> meters() {
    return names(_ -> true);
  }

  /** Those that a meter is made with. */
  private static Set<String> metersOnly() {
    Set<String> names =
        names(line -> line.contains("builder(\"") || line.contains("counter(\"switchboard"));
    // Made by one method for two names.
    names.addAll(List.of("switchboard_stun_datagrams", "switchboard_stun_frames"));
    return names;
  }

  private static Set<String> names(Predicate<String> line) {
    return Stream.concat(Stream.of("identity", "bus"), Repository.SERVICES.stream())
        .flatMap(module -> Repository.sources(module).stream())
        .flatMap(ObservabilityTest::lines)
        .filter(line)
        .flatMap(text -> METER.matcher(text).results())
        .map(found -> found.group(1).replace('.', '_'))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Stream<String> lines(Path source) {
    try {
      return Files.readAllLines(source).stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
