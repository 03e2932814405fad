package dev.switchboard.turn.envelope;

import dev.switchboard.turn.ice.AskedTtl;
import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The parameters of a request, each of which is given once at most. One that is given without a
 * value is as good as absent.
 */
record Parameters(MultiMap values) {

  boolean repeat(String... names) {
    return Stream.of(names).anyMatch(name -> values.getAll(name).size() > 1);
  }

  Optional<String> get(String name) {
    return Optional.ofNullable(values.get(name)).filter(value -> !value.isEmpty());
  }

  AskedTtl ttl() {
    List<String> given = values.getAll("ttl");
    return AskedTtl.read(given);
  }
}
