package dev.switchboard.turn.envelope;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;
import java.util.Set;

/** Which foreign shapes are served. */
@ConfigMapping(prefix = "switchboard.shapes")
interface ShapesConfig {

  /** None by default; a shape that is off answers as if there were nothing. */
  Optional<Set<Shape>> enabled();
}
