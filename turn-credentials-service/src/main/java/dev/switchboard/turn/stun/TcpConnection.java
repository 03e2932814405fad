package dev.switchboard.turn.stun;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.ice4j.message.Message;
import org.jboss.logging.Logger;

/**
 * One TCP connection: requests one behind the other, each answered before the next is read (RFC
 * 8489, section 6.2.2). It buffers one frame of at most {@link Frame#LONGEST} bytes and one answer.
 *
 * <p>Bytes that are no STUN, or lie, end it, for where the next message begins is then anybody's
 * guess. A well-formed message that is no request is skipped, but does not keep it open.
 */
final class TcpConnection {

  private static final Logger LOG = Logger.getLogger(TcpConnection.class);

  private final SocketChannel channel;
  private final InetSocketAddress source;
  private final long idleNanos;
  private final BindingResponder responder;
  private final TcpOutcomes outcomes;
  private volatile long deadline;

  TcpConnection(
      SocketChannel channel,
      InetSocketAddress source,
      Duration idle,
      BindingResponder responder,
      TcpOutcomes outcomes) {
    this.channel = channel;
    this.source = source;
    this.idleNanos = idle.toNanos();
    this.responder = responder;
    this.outcomes = outcomes;
    this.deadline = System.nanoTime() + idleNanos;
  }

  InetSocketAddress source() {
    return source;
  }

  /** Whether it is open past the time in which a request had to be read and its answer taken. */
  boolean isOverdue(long now) {
    return channel.isOpen() && now - deadline > 0;
  }

  /** Answers until either side closes; the connection is then closed. Blocks. */
  void serve() {
    try (channel) {
      answer();
    } catch (IOException e) {
      // The client went away, or was closed for being overdue: neither is news.
      LOG.debugf(e, "STUN connection ended");
    } catch (RuntimeException e) {
      outcomes.countFailure();
      LOG.debugf(e, "STUN connection failed");
    }
  }

  void close() {
    try {
      channel.close();
    } catch (IOException e) {
      LOG.debugf(e, "STUN connection did not close");
    }
  }

  private void answer() throws IOException {
    ByteBuffer frame = ByteBuffer.allocate(Frame.LONGEST);
    ByteBuffer answer = ByteBuffer.allocate(responder.usage().longestAnswer());
    while (fill(frame.clear().limit(Message.HEADER_LENGTH))) {
      if (!Frame.isStun(frame) || Frame.length(frame) > Frame.LONGEST) {
        outcomes.count(Noise.NOT_STUN);
        return;
      }
      if (!fill(frame.limit(Frame.length(frame)))) {
        return;
      }
      Reply reply = responder.reply(frame, source, answer);
      outcomes.count(reply);
      switch (reply) {
        case Answer _ -> {
          send(answer);
          deadline = System.nanoTime() + idleNanos;
        }
        case Detour _ -> throw new IllegalStateException("a stream has one way back");
        case Noise noise when noise.endsConnection() -> {
          return;
        }
        case Noise _ -> {}
      }
    }
  }

  /** Reads up to the limit; false if the client closed before. */
  private boolean fill(ByteBuffer frame) throws IOException {
    while (frame.hasRemaining()) {
      if (channel.read(frame) < 0) {
        return false;
      }
    }
    return true;
  }

  private void send(ByteBuffer answer) throws IOException {
    while (answer.hasRemaining()) {
      channel.write(answer);
    }
  }
}
