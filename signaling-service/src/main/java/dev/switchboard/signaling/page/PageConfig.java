package dev.switchboard.signaling.page;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/**
 * Where a browser finds the services. {@code {scheme}}, {@code {host}} and {@code {authority}}
 * stand for those of the request for the page, so that one setting serves localhost and a LAN
 * address.
 */
@ConfigMapping(prefix = "switchboard.page")
interface PageConfig {

  /** Base URL of signaling-service, as http or https; by default where the page came from. */
  @WithDefault("{scheme}://{authority}")
  String signalingUrl();

  /** Base URL of presence-service. */
  @WithDefault("{scheme}://{host}:8081")
  String presenceUrl();

  /** Base URL of turn-credentials-service. */
  @WithDefault("{scheme}://{host}:8082")
  String iceUrl();
}
