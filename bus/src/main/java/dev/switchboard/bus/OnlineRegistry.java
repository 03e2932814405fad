package dev.switchboard.bus;

import dev.switchboard.identity.Realm;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.Request;
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
 * Writes down in Redis who is online at one signaling node, in the layout of {@link OnlineKeys}.
 *
 * <p>The node's own memory is what is true; Redis is a copy that heals. So: change the memory
 * first, then call {@link #enter} or {@link #leave}; call {@link #renew} for each realm with peers
 * several times a lease. Whatever failed meanwhile, or was lost with Redis, the next {@code renew}
 * that gets through puts right out of the memory.
 *
 * <p>Nothing happens until the returned {@code Uni} is subscribed to; what is subscribed to for one
 * realm is done in that order. Never blocks; any thread. At most {@value #BOUND} calls of a realm
 * wait for Redis. Each fails with {@link RedisGoneException} if Redis is down, slow or overrun; the
 * caller may log that once and needs to do nothing else.
 */
public final class OnlineRegistry {

  /** How many calls of one realm may wait. */
  static final int BOUND = 4096;

  private final Redis redis;
  private final Patience patience;
  private final String node;
  private final Duration lease;
  private final Instant started = Instant.now();
  private final Map<Realm, Lane> lanes = new ConcurrentHashMap<>();

  /**
   * A registry of one node.
   *
   * @param redis the data source; any client type, one that is shared will do
   * @param patience how long a call may take
   * @param node an id that no other node has, best one that is new with each start: 1 to 128
   *     letters, digits, dots, colons, hyphens and underscores. No caller ever sees it.
   * @param lease how long the node's peers stay without {@link #renew}, in whole milliseconds
   */
  public OnlineRegistry(
      ReactiveRedisDataSource redis, Patience patience, String node, Duration lease) {
    if (lease.toMillis() < 1) {
      throw new IllegalArgumentException("a lease takes at least a millisecond");
    }
    this.redis = redis.getRedis();
    this.patience = patience;
    this.node = OnlineKeys.requireNode(node);
    this.lease = lease;
  }

  /** The peer is here; a session that it had here in the same scope is replaced. */
  public Uni<Void> enter(Realm realm, String scope, String peer, String session, Instant since) {
    String field = OnlineKeys.field(scope, peer);
    String value = OnlineKeys.value(session, since);
    return lane(realm)
        .send(() -> script(realm, OnlineScripts.ENTER, List.of(scope, field, value)))
        .replaceWithVoid();
  }

  /** The session has ended. If the peer has a newer one here, that one stays. */
  public Uni<Void> leave(Realm realm, String scope, String peer, String session) {
    String field = OnlineKeys.field(scope, peer);
    return lane(realm)
        .send(() ->
            OnlineScripts.eval(
                OnlineScripts.LEAVE,
                List.of(OnlineKeys.online(realm, node)),
                List.of(field, session)))
        .replaceWithVoid();
  }

  /**
   * The node lives: extends its lease, and forgets nodes whose lease has ended. If Redis lost what
   * was written, or a call failed since, it writes the snapshot in its place.
   *
   * @param snapshot everybody of the realm who is at this node now; asked only when it is needed,
   *     on any thread, and must not block
   */
  public Uni<Void> renew(Realm realm, Supplier<Collection<OnlineSession>> snapshot) {
    Lane lane = lane(realm);
    return lane.send(() -> script(realm, OnlineScripts.RENEW, List.of(OnlineKeys.online(realm))))
        .chain(whole ->
            whole.toInteger() == 1 && !lane.dirty
                ? Uni.createFrom().voidItem()
                : lane.send(() -> rewrite(realm, lane, snapshot)).replaceWithVoid());
  }

  /** The node goes: takes all its peers of the realm out at once. */
  public Uni<Void> withdraw(Realm realm) {
    return lane(realm)
        .send(() ->
            OnlineScripts.eval(
                OnlineScripts.WITHDRAW,
                List.of(OnlineKeys.nodes(realm), OnlineKeys.online(realm, node)),
                List.of(node)))
        .replaceWithVoid();
  }

  private Request rewrite(Realm realm, Lane lane, Supplier<Collection<OnlineSession>> snapshot) {
    // Cleared before the memory is read: what changes from here on is sent after this command.
    lane.dirty = false;
    List<String> arguments = new ArrayList<>();
    arguments.add(OnlineKeys.whole(started));
    for (OnlineSession session : snapshot.get()) {
      arguments.add(session.scope());
      arguments.add(OnlineKeys.field(session.scope(), session.peer()));
      arguments.add(OnlineKeys.value(session.session(), session.since()));
    }
    return script(realm, OnlineScripts.REWRITE, arguments);
  }

  private Request script(Realm realm, String script, List<String> further) {
    List<String> arguments = new ArrayList<>(further.size() + 2);
    arguments.add(Long.toString(lease.toMillis()));
    arguments.add(node);
    arguments.addAll(further);
    return OnlineScripts.eval(
        script,
        List.of(OnlineKeys.nodes(realm), OnlineKeys.scopes(realm), OnlineKeys.online(realm, node)),
        arguments);
  }

  private Lane lane(Realm realm) {
    return lanes.computeIfAbsent(
        realm, any -> new Lane(new Pipeline(redis, patience.timeout(), BOUND)));
  }

  /** One realm's calls, in order. A realm is one slot of Redis Cluster, so it is one pipeline. */
  private static final class Lane {
    private final Pipeline pipeline;

    /** Whether Redis may differ from the memory: at first it holds whatever a namesake left. */
    private volatile boolean dirty = true;

    private Lane(Pipeline pipeline) {
      this.pipeline = pipeline;
    }

    private Uni<Response> send(Supplier<Request> command) {
      return pipeline.send(command).onFailure().invoke(() -> dirty = true);
    }
  }
}
