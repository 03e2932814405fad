package dev.switchboard.client;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The thread that any number of clients share, and their HTTP client. What clients tell, they tell
 * on this thread, one thing after the other; whoever blocks it blocks all of them.
 *
 * <p>The JDK's WebSocket does: one selector thread carries all sockets, and no dependency comes in.
 */
public final class Loop implements AutoCloseable {

  private static final Logger LOG = System.getLogger(Loop.class.getName());
  private static final String SUBPROTOCOL = "switchboard.v1";

  private final ScheduledThreadPoolExecutor thread;
  private final HttpClient http;

  private Loop(String name) {
    this.thread =
        new ScheduledThreadPoolExecutor(
            1,
            task -> Thread.ofPlatform().daemon().name(name).unstarted(task),
            // What is still asked of a loop that is closed comes too late to matter.
            new ThreadPoolExecutor.DiscardPolicy());
    thread.setRemoveOnCancelPolicy(true);
    this.http = HttpClient.newBuilder().executor(thread).build();
  }

  /** Starts one; its thread goes by this name. */
  public static Loop start(String name) {
    return new Loop(name);
  }

  /** Runs a task after those that were asked for before. From any thread. */
  public void execute(Runnable task) {
    thread.execute(() -> run(task));
  }

  /** Runs a task later, unless it is cancelled. */
  Future<?> after(Duration wait, Runnable task) {
    return thread.schedule(() -> run(task), wait.toNanos(), TimeUnit.NANOSECONDS);
  }

  CompletableFuture<WebSocket> open(URI endpoint, Duration within, WebSocket.Listener listener) {
    return http.newWebSocketBuilder()
        .subprotocols(SUBPROTOCOL)
        .connectTimeout(within)
        .buildAsync(endpoint, listener);
  }

  private static void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "A client, or who listens to it, failed.", e);
    }
  }

  /** Drops all that is open, without a word, and ends the thread. */
  @Override
  public void close() {
    http.shutdownNow();
    thread.shutdownNow();
  }
}
