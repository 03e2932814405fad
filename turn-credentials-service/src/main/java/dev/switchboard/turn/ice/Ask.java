package dev.switchboard.turn.ice;

import io.vertx.core.MultiMap;
import java.time.Duration;
import java.util.Optional;

/**
 * What a request asks for.
 *
 * @param host where it was sent, empty if it did not say so properly
 * @param region the TURN region it names, which need not be one that there is
 * @param life how long the credential shall live, positive; empty for the usual
 * @param address where it came from
 * @param answer the headers of its answer, to which quotas add theirs
 */
public record Ask(
    Optional<String> host,
    Optional<String> region,
    Optional<Duration> life,
    String address,
    MultiMap answer) {

  /** The same of another host. */
  public Ask at(String otherHost) {
    return new Ask(Optional.of(otherHost), region, life, address, answer);
  }
}
