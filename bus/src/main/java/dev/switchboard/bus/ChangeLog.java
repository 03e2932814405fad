package dev.switchboard.bus;

import dev.switchboard.identity.Realm;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.Request;
import io.vertx.mutiny.redis.client.Response;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads who is here and what becomes of it, in the layout of {@link OnlineKeys}: once all of a
 * realm, and from there on its changes. It keeps nothing. Never blocks; any thread. Fails with
 * {@link RedisGoneException}.
 */
public final class ChangeLog {

  /** How many changes are read at once. */
  public static final int PAGE = 128;

  private static final Script SNAPSHOT =
      Script.thatChanges(ChangeLog.class, "online.lua", "snapshot.lua");
  private static final Script SWEEP =
      Script.thatChanges(ChangeLog.class, "online.lua", "sweep.lua");
  private static final int STATUSES = 128;

  private final Redis redis;
  private final Patience patience;
  private final ChangesConfig config;

  public ChangeLog(Redis redis, Patience patience, ChangesConfig config) {
    this.redis = redis;
    this.patience = patience;
    this.config = config;
  }

  /** All of a realm, in one step: it costs Redis about a millisecond for 200 sessions. */
  public Uni<Snapshot> snapshot(Realm realm) {
    return run(realm, SNAPSHOT, List.of("0", "")).map(ChangeLog::snapshot);
  }

  /**
   * What happened after {@code id}, at most {@value #PAGE} changes.
   *
   * @return {@link Reading.Gap} if Redis does not know {@code id}: it is too long ago, or Redis has
   *     lost what it had. All of the realm has to be read then.
   */
  public Uni<Reading> after(Realm realm, ChangeId id) {
    Request request =
        Request.cmd(Command.XRANGE)
            .arg(OnlineKeys.changes(realm))
            .arg(id.part(0).toString())
            .arg("+")
            .arg("COUNT")
            .arg(PAGE + 1);
    return patience.with(redis.send(request)).map(entries -> reading(id.part(0), entries));
  }

  /** All changes that are kept up to {@code id}, the earliest first. */
  public Uni<List<Change>> upTo(Realm realm, ChangeId id) {
    Request request =
        Request.cmd(Command.XRANGE)
            .arg(OnlineKeys.changes(realm))
            .arg("-")
            .arg(id.part(0).toString());
    return patience.with(redis.send(request)).map(entries -> changes(entries, 0));
  }

  /**
   * Takes out what nodes had whose lease has ended, and statuses whose time is up. It does not
   * matter how many do so, and how often.
   */
  public Uni<Void> sweep(Realm realm) {
    return run(realm, SWEEP, List.of("0", "", Integer.toString(STATUSES))).replaceWithVoid();
  }

  /** When the peers were last seen; those are left out of whom that is not known. */
  public Uni<Map<String, Instant>> lastSeen(Realm realm, List<String> peers) {
    if (peers.isEmpty()) {
      return Uni.createFrom().item(Map.of());
    }
    Request request = Request.cmd(Command.MGET);
    peers.forEach(peer -> request.arg(OnlineKeys.seen(realm, peer)));
    return patience
        .with(redis.send(request))
        .map(times -> {
          Map<String, Instant> seen = new HashMap<>();
          for (int i = 0; i < peers.size(); i++) {
            String peer = peers.get(i);
            @Nullable Response at = times.get(i);
            instant(at == null ? "" : at.toString()).ifPresent(it -> seen.put(peer, it));
          }
          return seen;
        });
  }

  private static Optional<Instant> instant(String millis) {
    try {
      return Optional.of(Instant.ofEpochMilli(Long.parseLong(millis)));
    } catch (NumberFormatException | DateTimeException e) {
      return Optional.empty();
    }
  }

  private Uni<Response> run(Realm realm, Script script, List<String> further) {
    List<String> arguments = new ArrayList<>(config.arguments(realm));
    arguments.addAll(further);
    Request request = script.request(List.of(OnlineKeys.changes(realm)), arguments);
    return patience.with(redis.send(request)).map(Script::result);
  }

  private static Reading reading(ChangeId after, Response entries) {
    if (entries.size() == 0 || !entries.get(0).get(0).toString().equals(after.toString())) {
      return new Reading.Gap();
    }
    return new Reading.Changes(changes(entries, 1), entries.size() > PAGE);
  }

  private static List<Change> changes(Response entries, int from) {
    List<Change> changes = new ArrayList<>(entries.size());
    for (int i = from; i < entries.size(); i++) {
      changes.add(change(entries.get(i)));
    }
    return List.copyOf(changes);
  }

  private static Change change(Response entry) {
    Map<String, String> fields = texts(entry.get(1));
    ChangeId id = ChangeId.parse(entry.get(0).toString()).orElse(ChangeId.NONE);
    return new Change(
        id,
        // What a later version tells is passed over.
        Change.Kind.ofWord(fields.getOrDefault("kind", "")).orElse(Change.Kind.BEGIN),
        fields.getOrDefault("session", ""),
        fields.getOrDefault("scope", ""),
        fields.getOrDefault("name", ""),
        fields.getOrDefault("room", ""),
        fields.getOrDefault("more", ""),
        instant(fields.getOrDefault("since", "")).orElse(Instant.ofEpochMilli(id.millis())));
  }

  private static Snapshot snapshot(Response response) {
    List<OnlineSession> sessions = new ArrayList<>();
    texts(response.get(1))
        .forEach((session, value) -> OnlineText.read(session, value).ifPresent(sessions::add));
    for (Response row : response.get(2)) {
      sessions.add(kept(row));
    }
    return new Snapshot(
        ChangeId.parse(response.get(0).toString()).orElse(ChangeId.NONE),
        sessions,
        texts(response.get(3)));
  }

  private static OnlineSession kept(Response row) {
    Map<String, String> rooms = new HashMap<>();
    for (int i = 5; i + 1 < row.size(); i += 2) {
      rooms.put(row.get(i).toString(), row.get(i + 1).toString());
    }
    return new OnlineSession(
        row.get(1).toString(),
        row.get(2).toString(),
        row.get(0).toString(),
        Instant.ofEpochMilli(row.get(3).toLong()),
        row.get(4).toString(),
        rooms);
  }

  /** Key, value, key, value, however this client has them. */
  private static Map<String, String> texts(Response pairs) {
    Map<String, String> texts = new HashMap<>();
    if (pairs.getKeys().isEmpty()) {
      for (int i = 0; i + 1 < pairs.size(); i += 2) {
        texts.put(pairs.get(i).toString(), pairs.get(i + 1).toString());
      }
    } else {
      pairs.getKeys().forEach(key -> texts.put(key, pairs.get(key).toString()));
    }
    return texts;
  }

  /** What came of reading on. */
  public sealed interface Reading {

    /**
     * What happened, the earliest first; empty for nothing.
     *
     * @param more whether there is still more to read
     */
    record Changes(List<Change> changes, boolean more) implements Reading {}

    /** Nobody knows what happened. */
    record Gap() implements Reading {}
  }
}
