package dev.switchboard.bus;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.Request;
import io.vertx.mutiny.redis.client.Response;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends commands to Redis in the order in which they came, as pipelined batches: what arrives while
 * a batch is under way makes up the next one, and so does what one turn of an event loop asks for.
 * That costs Redis far less than a command at a time, and order holds although the client's pool
 * has several connections.
 *
 * <p>A {@link Script} is loaded in the batch that calls it first. Redis forgets it when it
 * restarts; a batch of which nothing was done for that reason is sent again with all scripts before
 * it, ahead of what is newer. If something of it was done, because another node has loaded some of
 * them in the meantime, it fails: whether a command was done is unknown.
 *
 * <p>Bounded: when too many wait, a further one fails at once. Never blocks; safe from any thread.
 */
public final class Pipeline {

  private static final int BATCH = 64;

  /** After so many time-outs without any answer the connection is taken for dead. */
  private static final int PATIENCE = 10;

  private final Redis redis;
  private final Duration timeout;
  private final int bound;
  private final Queue<Waiting> waiting = new ArrayDeque<>();

  /** Whether a batch is under way, or is about to be. Guarded by what waits. */
  private boolean busy;

  /**
   * All that were ever called, and whether Redis may have forgotten them. Of one batch at a time.
   */
  private final Set<Script> scripts = new LinkedHashSet<>();

  private boolean forgotten;

  /**
   * A pipeline of its own. On Redis Cluster all of its commands must be for one slot.
   *
   * @param redis the client; any type
   * @param timeout how long each command may take, from the moment of sending it here
   * @param bound how many commands may wait
   */
  public Pipeline(Redis redis, Duration timeout, int bound) {
    this.redis = redis;
    this.timeout = timeout;
    this.bound = bound;
  }

  /**
   * Sends one command.
   *
   * @param command asked for the command at the moment when it is sent, after all earlier ones
   * @return fails with {@link RedisGoneException} if Redis refuses, or does not answer in time; a
   *     command whose time is up before it was sent is not sent any more
   */
  public Uni<Response> send(Supplier<Request> command) {
    return send(Optional.empty(), command);
  }

  /**
   * Runs a script.
   *
   * @param keys must be in one slot of Redis Cluster
   * @param arguments asked for them at the moment when they are sent, after all earlier commands
   * @return what it returned; fails as {@link #send(Supplier)} does, or because the script did: a
   *     key holds what it must not, or Redis refuses writes
   */
  public Uni<Response> run(Script script, List<String> keys, Supplier<List<String>> arguments) {
    return send(Optional.of(script), () -> script.call(keys, arguments.get())).map(Script::result);
  }

  private Uni<Response> send(Optional<Script> script, Supplier<Request> command) {
    return Uni.createFrom()
        .<Response>emitter(emitter -> enter(new Waiting(script, command, emitter)))
        .ifNoItem()
        .after(timeout)
        .failWith(() -> new RedisGoneException("Redis did not answer in time", null));
  }

  private void enter(Waiting command) {
    boolean full;
    boolean idle = false;
    synchronized (waiting) {
      if (waiting.size() >= bound) {
        waiting.removeIf(Waiting::abandoned);
      }
      full = waiting.size() >= bound;
      if (!full) {
        waiting.add(command);
        idle = !busy;
        busy = true;
      }
    }
    if (full) {
      command.emitter.fail(RedisGoneException.notDone("too much waits for Redis"));
    } else if (idle) {
      sendSoon();
    }
  }

  /**
   * An event loop that has read from many sockets has more to send in a moment: the first of that
   * would go alone, and all others would wait for its answer.
   */
  private void sendSoon() {
    @Nullable Context loop = Vertx.currentContext();
    if (loop == null || !Context.isOnEventLoopThread()) {
      sendNext();
    } else {
      loop.runOnContext(_ -> sendNext());
    }
  }

  private void sendNext() {
    List<Waiting> batch = new ArrayList<>();
    synchronized (waiting) {
      while (batch.size() < BATCH && !waiting.isEmpty()) {
        Waiting next = waiting.remove();
        if (!next.abandoned()) {
          batch.add(next);
        }
      }
      busy = !batch.isEmpty();
    }
    if (!batch.isEmpty()) {
      send(batch);
    }
  }

  private void send(List<Waiting> batch) {
    List<Script> loads = loads(batch);
    // The next batch waits for the true end of this one, not for its callers' time-out: a Redis
    // that was only stopped does what it was sent when it wakes, and must not do it after what is
    // newer.
    Uni.createFrom()
        .deferred(() -> redis.batch(requests(loads, batch)))
        .ifNoItem()
        .after(timeout.multipliedBy(PATIENCE))
        .failWith(() -> new RedisGoneException("Redis did not answer at all", null))
        .subscribe()
        .with(
            replies -> answered(batch, replies.subList(loads.size(), replies.size())),
            failure -> failed(batch, loads.isEmpty(), failure));
  }

  /** What Redis may not have of the scripts that a batch calls. */
  private List<Script> loads(List<Waiting> batch) {
    List<Script> loads = new ArrayList<>(forgotten ? scripts : List.of());
    forgotten = false;
    for (Waiting command : batch) {
      command.script.filter(scripts::add).ifPresent(loads::add);
    }
    return loads;
  }

  private static List<Request> requests(List<Script> loads, List<Waiting> batch) {
    List<Request> requests = new ArrayList<>(loads.size() + batch.size());
    loads.forEach(script -> requests.add(script.load()));
    batch.forEach(command -> requests.add(command.request()));
    return requests;
  }

  private void answered(List<Waiting> batch, List<Response> replies) {
    sendSoon();
    for (int i = 0; i < batch.size(); i++) {
      batch.get(i).emitter.complete(replies.get(i));
    }
  }

  private void failed(List<Waiting> batch, boolean once, Throwable failure) {
    forgotten = true; // whatever it was: Redis may have restarted
    if (once && Script.missing(failure) == batch.size()) {
      sendAgain(batch);
      return;
    }
    sendSoon();
    Throwable gone = RedisGoneException.of(failure);
    batch.forEach(command -> command.emitter.fail(gone));
  }

  /** Of a batch of which nothing was done. */
  private void sendAgain(List<Waiting> batch) {
    batch.removeIf(Waiting::abandoned);
    if (batch.isEmpty()) {
      sendSoon();
    } else {
      send(batch);
    }
  }

  private static final class Waiting {
    private final Optional<Script> script;
    private final Supplier<Request> command;
    private final UniEmitter<? super Response> emitter;
    private volatile boolean abandoned;

    private Waiting(
        Optional<Script> script, Supplier<Request> command, UniEmitter<? super Response> emitter) {
      this.script = script;
      this.command = command;
      this.emitter = emitter;
      emitter.onTermination(() -> abandoned = true);
    }

    private boolean abandoned() {
      return abandoned;
    }

    private Request request() {
      return command.get();
    }
  }
}
