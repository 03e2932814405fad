package dev.switchboard.bus;

import dev.switchboard.identity.Realm;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads who is online from Redis, in the layout of {@link OnlineKeys}. It keeps nothing, so every
 * reader gives the same answer. Never blocks; any thread. Fails with {@link RedisGoneException}.
 */
public final class OnlineReader {

  private final ReactiveRedisDataSource redis;
  private final Patience patience;

  public OnlineReader(ReactiveRedisDataSource redis, Patience patience) {
    this.redis = redis;
    this.patience = patience;
  }

  /**
   * One peer's sessions, in no order; empty if it is not online. One moment's truth, at a cost of
   * nodes times scopes, however many peers there are.
   */
  public Uni<List<OnlineSession>> sessions(Realm realm, String peer) {
    return patience.with(
        redis
            .execute(
                "EVAL",
                OnlineScripts.FIND,
                "2",
                OnlineKeys.nodes(realm),
                OnlineKeys.scopes(realm),
                OnlineKeys.online(realm),
                peer)
            .map(found -> sessions(peer, found)));
  }

  /**
   * All sessions of a realm, in no order. Each node's part is of a moment of its own: a peer that
   * moves between nodes just then may be there twice or not at all.
   */
  public Uni<List<OnlineSession>> everyone(Realm realm) {
    return patience.with(
        redis
            .set(String.class)
            .smembers(OnlineKeys.nodes(realm))
            .chain(nodes ->
                nodes.isEmpty()
                    ? Uni.createFrom().item(List.<OnlineSession>of())
                    : Uni.join()
                        .all(nodes.stream().map(node -> ofNode(realm, node)).toList())
                        .andFailFast()
                        .map(parts -> parts.stream().flatMap(List::stream).toList())));
  }

  private Uni<List<OnlineSession>> ofNode(Realm realm, String node) {
    return redis
        .hash(String.class)
        .hgetall(OnlineKeys.online(realm, node))
        .map(OnlineReader::sessions);
  }

  private static List<OnlineSession> sessions(Map<String, String> hash) {
    return hash.entrySet().stream()
        .flatMap(entry -> OnlineKeys.read(entry.getKey(), entry.getValue()).stream())
        .toList();
  }

  private static List<OnlineSession> sessions(String peer, Response found) {
    List<OnlineSession> sessions = new ArrayList<>();
    for (int i = 0; i + 1 < found.size(); i += 2) {
      OnlineKeys.read(found.get(i).toString(), peer, found.get(i + 1).toString())
          .ifPresent(sessions::add);
    }
    return List.copyOf(sessions);
  }
}
