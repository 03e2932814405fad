package dev.switchboard.turn.credential;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The secrets that TURN servers share with this service. During a rotation there are several at
 * once: servers take each of them, and the newest that is valid signs. Any thread.
 */
@ApplicationScoped
public class Secrets {

  /** Newest first; those that are always valid come last, in the order of the configuration. */
  private final List<Secret> secrets;

  private final InstantSource clock;

  Secrets(TurnConfig config, InstantSource clock) {
    List<Secret> read = new ArrayList<>();
    config
        .timedSecrets()
        .values()
        .forEach(
            timed -> read.add(Secret.during(timed.value(), timed.notBefore(), timed.notAfter())));
    config.secrets().orElse(List.of()).forEach(value -> read.add(Secret.always(value)));
    read.sort(Comparator.comparing(Secret::notBefore).reversed());
    this.secrets = List.copyOf(read);
    this.clock = clock;
  }

  void refuseToStartGuessable(@Observes StartupEvent event) {
    if (secrets.stream().anyMatch(Secret::isGuessable)) {
      throw new ConfigurationException(
          "Every secret of switchboard.turn.secrets takes at least 16 characters");
    }
    if (secrets.stream().anyMatch(secret -> !secret.notBefore().isBefore(secret.notAfter()))) {
      throw new ConfigurationException(
          "A secret of switchboard.turn.secrets has its not-before after its not-after");
    }
    if (!secrets.isEmpty() && signing(clock.instant()).isEmpty()) {
      throw new ConfigurationException(
          "None of switchboard.turn.secrets is valid now: each is over, or has not begun");
    }
  }

  void register(@Observes StartupEvent event, MeterRegistry registry) {
    Gauge.builder("switchboard.turn.secrets.signing", this, Secrets::countSigning)
        .description("Secrets that could sign now; at zero no credentials are handed out")
        .register(registry);
  }

  /** Whether there is any, valid or not. */
  public boolean isEmpty() {
    return secrets.isEmpty();
  }

  /** What TURN servers have to take: what signs, will sign, or has signed what still lives. */
  public List<String> accepted(Instant now) {
    return values(secret -> !secret.isOverAt(now));
  }

  /** What TURN servers have to forget. */
  public List<String> over(Instant now) {
    List<String> accepted = accepted(now);
    return values(secret -> secret.isOverAt(now) && !accepted.contains(secret.value()));
  }

  /** The newest that is valid. */
  Optional<Secret> signing(Instant now) {
    return secrets.stream().filter(secret -> secret.signsAt(now)).findFirst();
  }

  private List<String> values(Predicate<Secret> condition) {
    return secrets.stream().filter(condition).map(Secret::value).distinct().toList();
  }

  private double countSigning() {
    Instant now = clock.instant();
    return secrets.stream().filter(secret -> secret.signsAt(now)).count();
  }
}
