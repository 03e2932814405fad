package dev.switchboard.presence.webhook;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** Webhooks as they are configured. */
final class Configured {

  static final String NAME = "shop";
  static final String SECRET = "whsec_c3dpdGNoYm9hcmQtd2ViaG9vay1zZWNyZXQh";

  private Configured() {}

  /** One with these settings, of the names they have in application.properties. */
  static WebhookConfig.Settings with(Map<String, String> settings) {
    Map<String, String> keys = new HashMap<>();
    keys.put("switchboard.webhook." + NAME + ".realm", "default");
    settings.forEach((key, value) -> keys.put("switchboard.webhook." + NAME + "." + key, value));
    WebhookConfig config =
        new SmallRyeConfigBuilder()
            .addDiscoveredConverters()
            .withMapping(WebhookConfig.class)
            .withSources(new PropertiesConfigSource(keys, "test", 100))
            .build()
            .getConfigMapping(WebhookConfig.class);
    return Objects.requireNonNull(config.webhooks().get(NAME));
  }
}
