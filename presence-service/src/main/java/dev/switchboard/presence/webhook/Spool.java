package dev.switchboard.presence.webhook;

import dev.switchboard.bus.ChangeId;
import dev.switchboard.bus.Patience;
import dev.switchboard.bus.Script;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a webhook has in Redis, as one pod sees it. All keys begin with <code>
 * switchboard:{&lt;realm&gt;}:webhook:&lt;name&gt;</code>:
 *
 * <ul>
 *   <li>that itself: a HASH. {@code cursor}: all events up to this one are queued, or passed over;
 *       {@code disabled}: since when the receiver wants no more.
 *   <li>{@code …:queue}: a STREAM, bounded, of what is not delivered yet: id, peer, body.
 *   <li>{@code …:due}: a ZSET of its entries that failed, by the time at which they are tried
 *       again; {@code …:tries}: a HASH, entry to how often.
 *   <li>{@code …:dead}: a STREAM, bounded, of what was given up: id, body, tries, why.
 *   <li>{@code …:holder}: the pod that delivers, as long as its lease lasts. Nobody else takes
 *       anything out.
 * </ul>
 *
 * <p>Never blocks; any thread. Fails with {@link dev.switchboard.bus.RedisGoneException}.
 */
final class Spool {

  private static final Script FILL = script("fill.lua");
  private static final Script RESTART = script("restart.lua");
  private static final Script TAKE = script("take.lua");
  private static final Script DONE = script("done.lua");
  private static final Script LATER = script("later.lua");
  private static final Script DISABLE = script("disable.lua");
  private static final Script RELEASE = script("release.lua");

  private final Redis redis;
  private final Patience patience;
  private final String key;
  private final String pod;
  private final WebhookConfig.Settings settings;

  /**
   * @param pod another one at each start of a pod
   */
  Spool(Redis redis, Patience patience, Receiver receiver, String pod) {
    this.redis = redis;
    this.patience = patience;
    this.key = "switchboard:{" + receiver.realm() + "}:webhook:" + receiver.name();
    this.pod = pod;
    this.settings = receiver.settings();
  }

  private static Script script(String name) {
    return Script.of(Spool.class, "webhook.lua", name);
  }

  private Uni<Response> run(Script script, List<String> arguments) {
    return patience.with(redis.send(script.request(List.of(key), arguments))).map(Script::result);
  }

  /**
   * Something to queue.
   *
   * @param body JSON, or empty for what the receiver is not told of
   */
  record Item(ChangeId id, String peer, String body) {}

  /**
   * How far it is filled.
   *
   * @param cursor up to which event; empty if nobody knows
   * @param full whether there was no room for more
   */
  record Level(String cursor, boolean full) {}

  /** Queues these, in their order, but for those that are queued already. */
  Uni<Level> fill(List<Item> items) {
    List<String> arguments = new ArrayList<>(List.of(Integer.toString(settings.queue())));
    for (Item item : items) {
      arguments.addAll(List.of(item.id().toString(), item.peer(), item.body()));
    }
    return run(FILL, arguments).map(Spool::level);
  }

  /**
   * Begins anew at a version, if the cursor is still the one that was read before.
   *
   * @param cursor empty for none
   * @param body what the receiver is told of it, or empty
   */
  Uni<Level> restart(String cursor, ChangeId at, String body) {
    return run(RESTART, List.of(Integer.toString(settings.queue()), cursor, at.toString(), body))
        .map(Spool::level);
  }

  private static Level level(Response response) {
    return new Level(response.get(0).toString(), response.get(1).toInteger() == 1);
  }

  /** Who delivers. */
  enum Hold {
    /** Another pod. */
    OTHER,
    /** This one, from now on: what it had taken before counts no more. */
    NEW,
    /** This one, as before. */
    KEPT
  }

  /**
   * What was taken, and how the queue stands.
   *
   * @param disabled whether the receiver wants no more
   * @param queued how many events wait
   * @param dead how many dead letters there are
   * @param position the last entry that was looked at
   * @param more whether there is more to look at
   */
  record Taken(
      Hold hold,
      boolean disabled,
      int queued,
      int dead,
      String position,
      boolean more,
      List<Letter> letters) {}

  /**
   * Takes or renews the lease, and takes what is to be posted. What failed before and is due again
   * comes along, half of it at most, so that neither holds up the other.
   *
   * @param position the last entry that was looked at
   * @param wanted how many
   * @param rest how long what failed before is not taken again
   */
  Uni<Taken> take(String position, int wanted, Duration rest) {
    return run(
            TAKE,
            List.of(
                pod, millis(settings.lease()), position, Integer.toString(wanted), millis(rest)))
        .map(Spool::taken);
  }

  private static Taken taken(Response response) {
    List<Letter> letters = new ArrayList<>();
    for (Response letter : response.get(6)) {
      letters.add(
          new Letter(
              letter.get(0).toString(),
              letter.get(1).toString(),
              letter.get(2).toString(),
              letter.get(3).toString(),
              letter.get(4).toInteger()));
    }
    return new Taken(
        Hold.values()[response.get(0).toInteger()],
        response.get(1).toInteger() == 1,
        response.get(2).toInteger(),
        response.get(3).toInteger(),
        response.get(4).toString(),
        response.get(5).toInteger() == 1,
        List.copyOf(letters));
  }

  /** It was delivered. */
  Uni<Void> done(Letter letter) {
    return run(DONE, List.of(pod, letter.entry())).replaceWithVoid();
  }

  /**
   * It was not, and is tried again, or given up if that has gone on for too long.
   *
   * @return whether it was given up
   */
  Uni<Boolean> later(Letter letter, Duration wait, String why) {
    return run(
            LATER,
            List.of(
                pod,
                letter.entry(),
                millis(wait),
                millis(settings.giveUpAfter()),
                Integer.toString(settings.deadLetters()),
                why))
        .map(response -> response.get(0).toInteger() == 1);
  }

  /** The receiver wants no more. */
  Uni<Void> disable() {
    return run(DISABLE, List.of(pod)).replaceWithVoid();
  }

  /** Another pod may deliver. */
  Uni<Void> release() {
    return run(RELEASE, List.of(pod)).replaceWithVoid();
  }

  private static String millis(Duration duration) {
    return Long.toString(duration.toMillis());
  }
}
