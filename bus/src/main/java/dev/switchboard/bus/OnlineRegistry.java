package dev.switchboard.bus;

import dev.switchboard.identity.Realm;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Writes down in Redis which sessions one signaling node has, in the layout of {@link OnlineKeys}.
 *
 * <p>The node's own memory is what is true; Redis is a copy that heals. So: change the memory
 * first, then call {@link #write}; call {@link #renew} for each realm with sessions several times a
 * lease. Whatever failed meanwhile, or was lost with Redis, the next {@code renew} that gets
 * through puts right out of the memory, and what differed is told as changes.
 *
 * <p>Nothing happens until the returned {@code Uni} is subscribed to; what is subscribed to for one
 * realm is done in that order. Never blocks; any thread. At most {@value #BOUND} calls of a realm
 * wait for Redis. Each fails with {@link RedisGoneException} if Redis is down, slow or overrun; the
 * caller may log that once and needs to do nothing else.
 */
public final class OnlineRegistry {

  /** How many calls of one realm may wait. */
  static final int BOUND = 4096;

  private static final Script WRITE = script("write.lua");
  private static final Script RENEW = script("renew.lua");
  private static final Script REWRITE = script("rewrite.lua");
  private static final Script WITHDRAW = script("withdraw.lua");

  private final Redis redis;
  private final Patience patience;
  private final ChangesConfig config;
  private final String node;
  private final Duration lease;
  private final Instant started = Instant.now();
  private final Map<Realm, Lane> lanes = new ConcurrentHashMap<>();

  /**
   * A registry of one node.
   *
   * @param redis the client; any type, one that is shared will do
   * @param patience how long a call may take
   * @param node an id that no other node has, best one that is new with each start: 1 to 128
   *     letters, digits, dots, colons, hyphens and underscores. No caller ever sees it.
   * @param lease how long the node's sessions stay without {@link #renew}, in whole milliseconds
   */
  public OnlineRegistry(
      Redis redis, Patience patience, ChangesConfig config, String node, Duration lease) {
    if (lease.toMillis() < 1) {
      throw new IllegalArgumentException("a lease takes at least a millisecond");
    }
    this.redis = redis;
    this.patience = patience;
    this.config = config;
    this.node = OnlineKeys.requireNode(node);
    this.lease = lease;
  }

  private static Script script(String name) {
    return Script.thatChanges(OnlineRegistry.class, "online.lua", name);
  }

  /**
   * A session has begun, changed or ended.
   *
   * @param kind what happened: {@code GONE} is the last that is told of a session
   * @param session as it is from now on, or was
   * @param room where, or empty
   * @param more what its client says of it, or why it went
   */
  public Uni<Void> write(
      Realm realm, Change.Kind kind, OnlineSession session, String room, String more) {
    String value = kind == Change.Kind.GONE ? "" : OnlineText.of(session);
    List<String> change =
        List.of(
            session.session(),
            value,
            kind.word(),
            session.scope(),
            session.peer(),
            room,
            more,
            Long.toString(session.since().toEpochMilli()));
    return lane(realm).run(WRITE, () -> change).replaceWithVoid();
  }

  /**
   * The node lives: extends its lease, and takes out nodes whose lease has ended. If Redis lost
   * what was written, or a call failed since, it writes the snapshot in its place.
   *
   * @param snapshot every session of the realm that this node has now; asked only when it is
   *     needed, on any thread, and must not block
   */
  public Uni<Void> renew(Realm realm, Supplier<Collection<OnlineSession>> snapshot) {
    Lane lane = lane(realm);
    return lane.run(RENEW, List::of)
        .chain(whole ->
            whole.get(0).toInteger() == 1 && !lane.dirty
                ? Uni.createFrom().voidItem()
                : lane.run(REWRITE, () -> all(lane, snapshot)).replaceWithVoid());
  }

  /** The node goes: takes all its sessions of the realm out at once. */
  public Uni<Void> withdraw(Realm realm) {
    return lane(realm).run(WITHDRAW, List::of).replaceWithVoid();
  }

  private List<String> all(Lane lane, Supplier<Collection<OnlineSession>> snapshot) {
    // Cleared before the memory is read: what changes from here on is sent after this command.
    lane.dirty = false;
    List<String> all = new ArrayList<>();
    all.add(new JsonObject().put("started", started.toString()).encode());
    for (OnlineSession session : snapshot.get()) {
      all.add(session.session());
      all.add(OnlineText.of(session));
    }
    return all;
  }

  private Lane lane(Realm realm) {
    return lanes.computeIfAbsent(realm, this::begin);
  }

  private Lane begin(Realm realm) {
    List<String> common = new ArrayList<>(config.arguments(realm));
    common.add(Long.toString(lease.toMillis()));
    common.add(node);
    return new Lane(
        OnlineKeys.changes(realm), common, new Pipeline(redis, patience.timeout(), BOUND));
  }

  /** One realm's calls, in order. A realm is one slot of Redis Cluster, so it is one pipeline. */
  private static final class Lane {
    private final String key;
    private final List<String> common;
    private final Pipeline pipeline;

    /** Whether Redis may differ from the memory: at first it holds whatever a namesake left. */
    private volatile boolean dirty = true;

    private Lane(String key, List<String> common, Pipeline pipeline) {
      this.key = key;
      this.common = common;
      this.pipeline = pipeline;
    }

    private Uni<Response> run(Script script, Supplier<List<String>> further) {
      return pipeline
          .run(script, List.of(key), () -> arguments(further.get()))
          .onFailure()
          .invoke(() -> dirty = true);
    }

    private List<String> arguments(List<String> further) {
      List<String> arguments = new ArrayList<>(common);
      arguments.addAll(further);
      return arguments;
    }
  }
}
