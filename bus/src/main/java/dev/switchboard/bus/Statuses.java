package dev.switchboard.bus;

import dev.switchboard.identity.Realm;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.Request;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes down what peers say of themselves, in the layout of {@link OnlineKeys}, as a change like
 * any other. Never blocks; any thread. Fails with {@link RedisGoneException}.
 */
public final class Statuses {

  private static final Script STATUS =
      Script.thatChanges(Statuses.class, "online.lua", "status.lua");

  private final Redis redis;
  private final Patience patience;
  private final ChangesConfig config;

  public Statuses(Redis redis, Patience patience, ChangesConfig config) {
    this.redis = redis;
    this.patience = patience;
    this.config = config;
  }

  /** From now until then the peer says this, as JSON; empty for nothing. */
  public Uni<Void> put(Realm realm, String peer, String status, Instant until) {
    List<String> arguments = new ArrayList<>(config.arguments(realm));
    arguments.addAll(List.of("0", "", peer, status, Long.toString(until.toEpochMilli())));
    Request request = STATUS.request(List.of(OnlineKeys.changes(realm)), arguments);
    return patience.with(redis.send(request)).map(Script::result).replaceWithVoid();
  }
}
