package dev.switchboard.presence.board;

import dev.switchboard.bus.BusConfig;
import dev.switchboard.bus.Patience;
import dev.switchboard.identity.Realm;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When a peer was last here: {@code switchboard:{<realm>}:seen:<peer>} holds it in milliseconds
 * since 1970 and expires. It only moves forward, so it does not matter how many pods write it and
 * in what order. Never blocks; fails with {@link dev.switchboard.bus.RedisGoneException}.
 */
@ApplicationScoped
public class LastSeen {

  /** KEYS the peer's. ARGV milliseconds, seconds to keep it. */
  private static final String FORWARD =
      """
      local seen = tonumber(redis.call('GET', KEYS[1]) or '')
      if not seen or seen < tonumber(ARGV[1]) then
        redis.call('SET', KEYS[1], ARGV[1], 'EX', ARGV[2])
      end
      """;

  private final ReactiveRedisDataSource redis;
  private final Patience patience;
  private final Duration keep;

  LastSeen(ReactiveRedisDataSource redis, BusConfig bus, BoardConfig board) {
    this.redis = redis;
    this.patience = new Patience(bus.timeout());
    this.keep = board.keepLastSeen();
  }

  /** Writes down that the peer was here until then. */
  public Uni<Void> note(Realm realm, String peer, Instant at) {
    return patience
        .with(
            redis.execute(
                "EVAL",
                FORWARD,
                "1",
                key(realm, peer),
                Long.toString(at.toEpochMilli()),
                Long.toString(Math.max(1, keep.toSeconds()))))
        .replaceWithVoid();
  }

  Uni<Optional<Instant>> of(Realm realm, String peer) {
    return patience.with(redis.value(String.class).get(key(realm, peer)).map(LastSeen::instant));
  }

  private static Optional<Instant> instant(@Nullable String millis) {
    if (millis == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(Instant.ofEpochMilli(Long.parseLong(millis)));
    } catch (NumberFormatException | DateTimeException e) {
      return Optional.empty();
    }
  }

  private static String key(Realm realm, String peer) {
    return "switchboard:{" + realm.name() + "}:seen:" + peer;
  }
}
