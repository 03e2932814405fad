package dev.switchboard.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** The one thread of the load, and all its sockets. */
final class Loop implements AutoCloseable {

  private final Selector selector = Selector.open();
  private final ByteBuffer input = ByteBuffer.allocateDirect(512 * 1024);

  Loop() throws IOException {}

  SelectionKey register(SocketChannel channel, Line line) throws IOException {
    return channel.register(selector, SelectionKey.OP_CONNECT, line);
  }

  /** What every line reads into, one after the other. */
  ByteBuffer input() {
    return input;
  }

  /** Waits so long for sockets that are ready, and serves them. Returns how many there were. */
  int turn(long millis) throws IOException {
    return selector.select(Loop::serve, millis);
  }

  /** The same without waiting. */
  int turnNow() throws IOException {
    return selector.selectNow(Loop::serve);
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
