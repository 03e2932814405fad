package dev.switchboard.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;

/** The one thread of the load, and all its sockets. */
final class Loop implements AutoCloseable {

  /** How often it looks whether it is time. */
  private static final Duration CHECK = Duration.ofMillis(50);

  private final Selector selector = Selector.open();
  private final ByteBuffer input = ByteBuffer.allocateDirect(512 * 1024);

  private long busy;

  Loop() throws IOException {}

  SelectionKey register(SocketChannel channel, Line line) throws IOException {
    return channel.register(selector, SelectionKey.OP_CONNECT, line);
  }

  /** What every line reads into, one after the other. */
  ByteBuffer input() {
    return input;
  }

  /** Waits so long for sockets that are ready, and serves them. */
  void turn(long millis) throws IOException {
    selector.select(Loop::serve, millis);
  }

  /**
   * Serves what is ready, and does not wait. To wake a load that sleeps would cost a server more
   * than the message does, and a slow server more often than a fast one; browsers sleep on other
   * machines.
   */
  void spin() throws IOException {
    long begin = System.nanoTime();
    if (selector.selectNow(Loop::serve) > 0) {
      busySince(begin);
    } else {
      Thread.onSpinWait();
    }
  }

  /**
   * Serves sockets until the servers have worked for so long, or so long by the clock where none is
   * watched. Returns what has been used up by then.
   */
  Cost turnFor(Duration work, List<Long> watched) throws IOException {
    Cost before = Cost.now(this, watched);
    Cost now = before;
    while (now.workSince(before) < work.toMillis() / 1e3) {
      long end = now.nanos() + CHECK.toNanos();
      while (System.nanoTime() < end) {
        spin();
      }
      now = Cost.now(this, watched);
      if (now.secondsSince(before) > 30 * (1 + work.toSeconds())) {
        throw new IOException("the server stands still");
      }
    }
    return now;
  }

  /** It has worked from that moment of {@link System#nanoTime} until now. */
  void busySince(long begin) {
    busy += System.nanoTime() - begin;
  }

  /** Nanoseconds in which it had something to do. */
  long busy() {
    return busy;
  }

  private static void serve(SelectionKey key) {
    ((Line) key.attachment()).ready(key);
  }

  @Override
  public void close() throws IOException {
    for (SelectionKey key : selector.keys()) {
      key.channel().close();
    }
    selector.close();
  }
}
