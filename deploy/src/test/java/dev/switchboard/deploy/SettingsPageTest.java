package dev.switchboard.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.deploy.Settings.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The table of settings in docs/operations.md is what the sources say. After a change of a
 * {@code @ConfigMapping} take the table that this test leaves in deploy/target/settings.md.
 */
class SettingsPageTest {

  private static final String BEGIN = "<!-- settings: made from the sources -->\n";
  private static final String END = "<!-- end of settings -->\n";

  @Test
  void thePageHasEverySettingAsTheSourcesHaveIt() throws IOException {
    String table = table();
    Files.writeString(Files.createDirectories(Path.of("target")).resolve("settings.md"), table);

    String page = Repository.text("docs/operations.md");
    assertThat(page).contains(BEGIN, END);
    assertThat(page.substring(page.indexOf(BEGIN) + BEGIN.length(), page.indexOf(END)))
        .as("docs/operations.md; deploy/target/settings.md is what belongs there")
        .isEqualTo(table);
  }

  @Test
  void everySettingSaysWhatItMeans() {
    assertThat(Settings.all())
        .hasSizeGreaterThan(60)
        .noneMatch(setting -> setting.meaning().isEmpty());
  }

  private static String table() {
    return Settings.all().stream()
            .collect(
                Collectors.groupingBy(Setting::module, LinkedHashMap::new, Collectors.toList()))
            .entrySet()
            .stream()
            .map(module ->
                "\n**%s**\n\n| key | default | what it is |\n|---|---|---|\n"
                        .formatted(module.getKey())
                    + module.getValue().stream()
                        .map(SettingsPageTest::row)
                        .collect(Collectors.joining()))
            .collect(Collectors.joining())
        + "\n";
  }

  private static String row(Setting setting) {
    String fallback = setting.fallback().isEmpty() ? "none" : "`" + setting.fallback() + "`";
    return "| `%s` | %s | %s |\n".formatted(setting.key(), fallback, setting.meaning());
  }
}
