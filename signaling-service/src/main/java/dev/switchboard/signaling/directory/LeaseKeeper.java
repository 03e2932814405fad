package dev.switchboard.signaling.directory;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

/**
 * Renews this node's lease, three times a lease, and tells of nodes whose lease has ended. Ready
 * from the first renewal on, whatever Redis does later.
 */
@Readiness
@ApplicationScoped
class LeaseKeeper implements HealthCheck {

  private static final Logger LOG = Logger.getLogger(LeaseKeeper.class);
  private static final int BEATS_A_LEASE = 3;

  private final StateConfig config;
  private final Directory directory;
  private final Vertx vertx;
  private final Event<NodeDied> deaths;
  private final Neighbours neighbours;
  private final AtomicBoolean beating = new AtomicBoolean();
  private final AtomicBoolean outage = new AtomicBoolean();

  LeaseKeeper(StateConfig config, Directory directory, Vertx vertx, Event<NodeDied> deaths) {
    this.config = config;
    this.directory = directory;
    this.vertx = vertx;
    this.deaths = deaths;
    this.neighbours = new Neighbours(config.lease());
  }

  void start(@Observes StartupEvent event) {
    if (directory instanceof RedisDirectory shared) {
      beat(shared);
      vertx.setPeriodic(config.lease().toMillis() / BEATS_A_LEASE, _ -> beat(shared));
    }
  }

  void stop(@Observes ShutdownEvent event) {
    if (directory instanceof RedisDirectory shared) {
      // What does not get through ends with the lease.
      shared.lease().end().onFailure().recoverWithNull().await().indefinitely();
    }
  }

  /** One at a time: a Redis that is slow is not asked faster than it answers. */
  private void beat(RedisDirectory shared) {
    if (!beating.compareAndSet(false, true)) {
      return;
    }
    shared
        .lease()
        .beat()
        .invoke(this::tellOfDeaths)
        .chain(shared::check)
        .onTermination()
        .invoke(() -> beating.set(false))
        .subscribe()
        .with(_ -> recovered(), this::failed);
  }

  private void tellOfDeaths(Lease.View view) {
    Set<String> missing = neighbours.missing(view);
    missing.stream()
        .filter(node -> !view.dead().contains(node))
        .forEach(node -> deaths.fire(new NodeDied(node, false)));
    view.dead().forEach(node -> deaths.fire(new NodeDied(node, true)));
  }

  private void failed(Throwable failure) {
    if (outage.compareAndSet(false, true)) {
      LOG.warnf("the lease is not renewed for now: %s", failure.getMessage());
    }
  }

  private void recovered() {
    if (outage.compareAndSet(true, false)) {
      LOG.info("the lease is renewed again");
    }
  }

  @Override
  public HealthCheckResponse call() {
    return switch (directory) {
      case RedisDirectory shared ->
          HealthCheckResponse.named("lease")
              .status(shared.lease().wasHeld())
              .withData("held", shared.lease().isHeld())
              .build();
      default -> HealthCheckResponse.named("lease").up().build();
    };
  }
}
