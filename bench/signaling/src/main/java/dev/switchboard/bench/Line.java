package dev.switchboard.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Optional;

/**
 * A WebSocket as its client sees it, and no more of RFC 6455 than the servers here use: what comes
 * is neither fragmented nor compressed. One frame is one write, as from a browser.
 */
final class Line {

  /** What becomes of it. Called on the loop's thread. */
  interface Listener {
    void opened();

    /** A text frame, from position to limit; good until this returns. */
    void heard(ByteBuffer text);

    /** It has ended, for this reason. */
    void ended(String why);
  }

  private static final int MOST_UNSENT = 4 * 1024 * 1024;

  private final Loop loop;
  private final Listener listener;
  private final ByteBuffer upgrade;
  private final SocketChannel channel;
  private final SelectionKey key;
  private final ArrayDeque<ByteBuffer> unsent = new ArrayDeque<>();
  private ByteBuffer unread = ByteBuffer.allocate(0);
  private int unsentBytes;
  private boolean open;
  private boolean ended;

  private Line(Loop loop, Listener listener, ByteBuffer upgrade, SocketChannel channel)
      throws IOException {
    this.loop = loop;
    this.listener = listener;
    this.upgrade = upgrade;
    this.channel = channel;
    this.key = loop.register(channel, this);
  }

  static Line to(
      Loop loop,
      InetSocketAddress address,
      String path,
      Optional<String> subprotocol,
      Listener listener)
      throws IOException {
    String request =
        "GET %s HTTP/1.1\r\nHost: %s:%d\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n%sSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
            .formatted(
                path,
                address.getHostString(),
                address.getPort(),
                subprotocol.map(p -> "Sec-WebSocket-Protocol: " + p + "\r\n").orElse(""));
    SocketChannel channel = SocketChannel.open();
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    Line line =
        new Line(
            loop, listener, ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)), channel);
    if (channel.connect(address)) {
      line.connected();
    }
    return line;
  }

  /** Sends a whole frame; it may be changed again when this returns. */
  void send(ByteBuffer frame) {
    if (ended) {
      return;
    }
    try {
      if (unsent.isEmpty()) {
        channel.write(frame);
      }
      if (frame.hasRemaining()) {
        keep(frame);
      }
    } catch (IOException e) {
      end("could not write: " + e.getMessage());
    }
  }

  /** Says goodbye; the server closes. */
  void leave() {
    send(Frames.of(Frames.CLOSE, new byte[] {0x03, (byte) 0xe8}));
  }

  boolean hasEnded() {
    return ended;
  }

  /** What the loop calls when the socket is ready. */
  void ready(SelectionKey ready) {
    try {
      if (ready.isConnectable()) {
        channel.finishConnect();
        connected();
      }
      if (ready.isReadable()) {
        read();
      }
      if (ready.isValid() && ready.isWritable()) {
        sendUnsent();
      }
    } catch (IOException e) {
      end(String.valueOf(e.getMessage()));
    }
  }

  private void connected() {
    key.interestOps(SelectionKey.OP_READ);
    send(upgrade);
  }

  private void keep(ByteBuffer frame) throws IOException {
    unsentBytes += frame.remaining();
    if (unsentBytes > MOST_UNSENT) {
      throw new IOException("the server does not read");
    }
    unsent.add(ByteBuffer.allocate(frame.remaining()).put(frame).flip());
    key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
  }

  private void sendUnsent() throws IOException {
    ByteBuffer first = unsent.peek();
    while (first != null) {
      unsentBytes -= channel.write(first);
      if (first.hasRemaining()) {
        return;
      }
      unsent.remove();
      first = unsent.peek();
    }
    key.interestOps(SelectionKey.OP_READ);
  }

  private void read() throws IOException {
    ByteBuffer input = loop.input().clear().put(unread);
    int count = channel.read(input);
    input.flip();
    if (open || shakeHands(input)) {
      hear(input);
    }
    if (!ended) {
      // Mostly nothing is left: frames come whole.
      unread = ByteBuffer.allocate(input.remaining()).put(input).flip();
      if (count < 0) {
        end("the server hung up");
      }
    }
  }

  private boolean shakeHands(ByteBuffer input) {
    String head = StandardCharsets.ISO_8859_1.decode(input.duplicate()).toString();
    int end = head.indexOf("\r\n\r\n");
    if (end < 0) {
      return false;
    }
    if (!head.startsWith("HTTP/1.1 101")) {
      end("no upgrade: " + head.lines().findFirst().orElse(""));
      return false;
    }
    input.position(end + 4);
    open = true;
    listener.opened();
    return true;
  }

  private void hear(ByteBuffer input) {
    int limit = input.limit();
    while (!ended && input.remaining() >= 2) {
      int begin = input.position();
      int first = input.get(begin) & 0xff;
      int header = header(input.get(begin + 1));
      if (input.remaining() < header) {
        return;
      }
      long length = length(input, begin, header);
      if (input.remaining() < header + length) {
        if (header + length > input.capacity()) {
          end("a frame of " + length + " bytes");
        }
        return;
      }
      int end = (int) (begin + header + length);
      input.limit(end).position(begin + header);
      frame(first, input);
      input.limit(limit).position(end);
    }
  }

  private static int header(byte length) {
    return switch (length & 0x7f) {
      case 126 -> 4;
      case 127 -> 10;
      default -> 2;
    };
  }

  private static long length(ByteBuffer input, int begin, int header) {
    return switch (header) {
      case 4 -> input.getShort(begin + 2) & 0xffff;
      case 10 -> input.getLong(begin + 2);
      default -> input.get(begin + 1) & 0x7f;
    };
  }

  private void frame(int first, ByteBuffer payload) {
    switch (first) {
      case 0x80 | Frames.TEXT -> listener.heard(payload);
      case 0x80 | Frames.PING -> {
        byte[] echoed = new byte[payload.remaining()];
        payload.get(echoed);
        send(Frames.of(Frames.PONG, echoed));
      }
      case 0x80 | Frames.PONG -> {}
      case 0x80 | Frames.CLOSE ->
          end("closed with " + (payload.remaining() >= 2 ? payload.getShort() & 0xffff : 1005));
      default -> end("a frame that starts with " + Integer.toHexString(first));
    }
  }

  private void end(String why) {
    if (ended) {
      return;
    }
    ended = true;
    key.cancel();
    try {
      channel.close();
    } catch (IOException e) {
      // It is as closed as it will be.
    }
    listener.ended(why);
  }
}
