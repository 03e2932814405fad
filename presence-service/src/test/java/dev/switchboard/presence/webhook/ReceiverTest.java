package dev.switchboard.presence.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReceiverTest {

  private static final Map<String, String> RIGHT =
      Map.of("url", "https://shop.example/hook?a=b", "secret", Configured.SECRET);

  @Test
  void whatIsRightIsRead() {
    Receiver receiver = read(RIGHT);
    assertThat(receiver.host()).isEqualTo("shop.example");
    assertThat(receiver.port()).isEqualTo(443);
    assertThat(receiver.path()).isEqualTo("/hook?a=b");
    assertThat(receiver.isHttps()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "https://shop.example, shop.example, 443, /",
    "HTTPS://shop.example:8443/a%20b, shop.example, 8443, /a%20b",
    "https://[2606:4700::1]/x, 2606:4700::1, 443, /x",
  })
  void aUrlIsTakenApart(String url, String host, int port, String path) {
    Receiver receiver = read(with("url", url));
    assertThat(receiver.host()).isEqualTo(host);
    assertThat(receiver.port()).isEqualTo(port);
    assertThat(receiver.path()).isEqualTo(path);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "shop.example",
        "/hook",
        "ftp://shop.example",
        "file:///etc/passwd",
        "https:///hook",
        "https://user:pw@shop.example/",
        "https://shop example/",
        "mailto:ada@shop.example",
      })
  void whatIsNoHttpUrlIsRefused(String url) {
    refused(with("url", url), "switchboard.webhook.shop.url takes an http", url);
  }

  @Test
  void withoutAUrlItIsRefused() {
    refused(Map.of("secret", Configured.SECRET), "switchboard.webhook.shop.url takes", "none");
  }

  @Test
  void httpNeedsLeaveOrAProfileForDevelopment() {
    Map<String, String> http = with("url", "http://shop.example/");
    refused(http, "switchboard.webhook.shop.allow-http=true", "shop.example");
    assertThat(Receiver.read("shop", Configured.with(http), true).port()).isEqualTo(80);
    Map<String, String> allowed = new HashMap<>(http);
    allowed.put("allow-http", "true");
    assertThat(read(allowed).isHttps()).isFalse();
  }

  @Test
  void withoutASecretItIsRefused() {
    refused(
        Map.of("url", "https://shop.example"),
        "switchboard.webhook.shop.secret is missing",
        "shop.example");
  }

  @ParameterizedTest
  @ValueSource(strings = {"whsec_c2hvcnQ=", "bm9wcmVmaXhub3ByZWZpeG5vcHJlZml4", "whsec_%%%"})
  void aSecretThatIsNoneIsRefusedAndNotTold(String secret) {
    refused(with("secret", secret), "switchboard.webhook.shop.secret takes whsec_", secret);
    refused(with("secrets", secret), "each of switchboard.webhook.shop.secrets", secret);
  }

  @Test
  void theSecretsAloneWillDo() {
    assertThat(
            read(Map.of("url", "https://shop.example", "secrets", Configured.SECRET))
                .signature()
                .of("a", 1, ""))
        .startsWith("v1,");
  }

  @ParameterizedTest
  @CsvSource({
    "realm, a b, realm takes",
    "timeout, 0s, times",
    "retry-floor, -1s, times",
    "lease, 0s, times",
    "concurrency, 0, positive",
    "queue, 0, positive",
    "dead-letters, -1, 0 or more",
  })
  void numbersOutOfBoundsAreRefused(String key, String value, String text) {
    refused(with(key, value), text, "shop.example");
  }

  @Test
  void aNameThatIsNoneIsRefused() {
    assertThatThrownBy(() -> Receiver.read("a b", Configured.with(RIGHT), false))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("1 to 64 letters");
  }

  private static void refused(Map<String, String> settings, String text, String never) {
    assertThatThrownBy(() -> read(settings))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(text)
        .message()
        .doesNotContain(never, "\n");
  }

  private static Map<String, String> with(String key, String value) {
    Map<String, String> settings = new HashMap<>(RIGHT);
    settings.put(key, value);
    return settings;
  }

  private static Receiver read(Map<String, String> settings) {
    return Receiver.read("shop", Configured.with(settings), false);
  }
}
