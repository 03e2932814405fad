package dev.switchboard.turn.userdb;

import dev.switchboard.bus.Outage;
import dev.switchboard.turn.credential.Secrets;
import io.quarkus.redis.client.RedisClientName;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.redis.datasource.set.ReactiveSetCommands;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/**
 * Tells coturn which secrets count, in the layout of its {@code redis-userdb}: a set {@code
 * turn/realm/<realm>/secret} a realm (coturn's {@code schema.userdb.redis}). coturn reads it for
 * each allocation, so a change needs no restart and drops nobody.
 *
 * <p>Secrets are added as soon as they are configured, before they sign, and taken away when they
 * are over. What is not configured here is left alone: during a rolling update an old pod must not
 * take away what a new one signs with.
 */
@ApplicationScoped
class UserDatabase {

  private static final Logger LOG = Logger.getLogger(UserDatabase.class);

  /** A realm is a part of a key, and coturn builds its command out of words. */
  private static final Pattern REALM = Pattern.compile("[\\p{Graph}&&[^%/]]{1,127}");

  private final UserDatabaseConfig config;
  private final List<String> realms;
  private final Secrets secrets;
  private final ReactiveSetCommands<String, String> sets;
  private final InstantSource clock;
  private volatile long timer = -1;
  private final Outage outage = new Outage(LOG, "writing secrets to coturn's user database");

  UserDatabase(
      UserDatabaseConfig config,
      Secrets secrets,
      @RedisClientName("coturn") ReactiveRedisDataSource redis,
      InstantSource clock) {
    this.config = config;
    this.realms = config.realms().orElse(List.of());
    this.secrets = secrets;
    this.sets = redis.set(String.class);
    this.clock = clock;
  }

  void start(@Observes StartupEvent event, Vertx vertx) {
    if (!config.enabled()) {
      return;
    }
    if (realms.isEmpty() || !realms.stream().allMatch(realm -> REALM.matcher(realm).matches())) {
      throw new ConfigurationException(
          "switchboard.turn.userdb.realms takes the realms of coturn, without blanks, slashes and"
              + " percent signs");
    }
    timer = vertx.setPeriodic(1, config.every().toMillis(), _ -> write());
  }

  void stop(@Observes ShutdownEvent event, Vertx vertx) {
    vertx.cancelTimer(timer);
  }

  private void write() {
    Instant now = clock.instant();
    Multi.createFrom()
        .iterable(realms)
        .onItem()
        .transformToUniAndConcatenate(realm -> write("turn/realm/" + realm + "/secret", now))
        .collect()
        .last()
        .subscribe()
        .with(_ -> outage.ended(), failure -> outage.began(speakable(failure)));
  }

  private Uni<Integer> write(String key, Instant now) {
    String[] accepted = secrets.accepted(now).toArray(String[]::new);
    String[] over = secrets.over(now).toArray(String[]::new);
    Uni<Integer> added = accepted.length == 0 ? Uni.createFrom().item(0) : sets.sadd(key, accepted);
    return over.length == 0 ? added : added.chain(() -> sets.srem(key, over));
  }

  /** Redis repeats the words of a command that it does not know: its error code is told alone. */
  private static Throwable speakable(Throwable failure) {
    String code = String.valueOf(failure.getMessage()).split(" ", 2)[0];
    return new IllegalStateException(failure.getClass().getSimpleName() + " " + code);
  }
}
