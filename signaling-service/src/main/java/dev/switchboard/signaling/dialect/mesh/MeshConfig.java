package dev.switchboard.signaling.dialect.mesh;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The mesh of each realm. */
@ConfigMapping(prefix = "switchboard.mesh")
interface MeshConfig {

  /** The most pages in it. Each has a connection to every other one. */
  @WithDefault("64")
  int capacity();

  /** How long a page may be gone before the others are told, and before its number is given up. */
  @WithDefault("8s")
  Duration grace();
}
