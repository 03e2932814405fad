package dev.switchboard.turn.stun;

import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.ice4j.StunException;
import org.ice4j.attribute.Attribute;
import org.ice4j.attribute.XorMappedAddressAttribute;
import org.ice4j.message.Message;
import org.ice4j.message.MessageFactory;
import org.ice4j.message.Request;
import org.ice4j.stack.TransactionID;

/**
 * The side that asks: one Binding transaction (RFC 8489, section 6.2) on a socket of its own. It
 * blocks for as long as it is told to be patient, so it belongs on a virtual thread.
 */
public final class BindingClient {

  /** The first retransmission time of RFC 8489, section 6.2.1; it doubles. */
  private static final long FIRST_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  static {
    Ice4j.leaveSoftwareOut();
  }

  private final byte[] id = TransactionID.createNewTransactionID().getBytes();
  private final byte[] request = write(id);
  private final InetSocketAddress server;
  private final long deadline;

  private BindingClient(InetSocketAddress server, Duration patience) {
    this.server = server;
    this.deadline = System.nanoTime() + patience.toNanos();
  }

  /** Asks over UDP, again and again until the patience ends. */
  public static Sighting overUdp(InetSocketAddress server, Duration patience) {
    return new BindingClient(server, patience).askOverUdp();
  }

  /** Asks over a TCP connection. */
  public static Sighting overTcp(InetSocketAddress server, Duration patience) {
    return new BindingClient(server, patience).askOverTcp();
  }

  private Sighting askOverUdp() {
    // Connected: a port that is closed says so, and nobody else is heard.
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.connect(server);
      DatagramPacket answer = new DatagramPacket(new byte[Frame.LONGEST], Frame.LONGEST);
      for (long wait = FIRST_WAIT_NANOS; deadline - System.nanoTime() > 0; wait *= 2) {
        long sent = System.nanoTime();
        socket.send(new DatagramPacket(request, request.length));
        long until = Math.min(deadline, sent + wait);
        while (receive(socket, answer, until)) {
          ByteBuffer message = ByteBuffer.wrap(answer.getData(), 0, answer.getLength());
          if (answers(message)) {
            return read(message, local(socket.getLocalSocketAddress()), sent);
          }
        }
      }
      return Sighting.Unseen.NO_ANSWER;
    } catch (IOException e) {
      return Sighting.Unseen.UNREACHABLE;
    }
  }

  private static boolean receive(DatagramSocket socket, DatagramPacket packet, long until)
      throws IOException {
    Optional<Integer> left = millisUntil(until);
    if (left.isEmpty()) {
      return false;
    }
    try {
      socket.setSoTimeout(left.get());
      packet.setLength(Frame.LONGEST);
      socket.receive(packet);
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    }
  }

  private Sighting askOverTcp() {
    try (Socket socket = new Socket()) {
      socket.connect(server, millisUntil(deadline).orElse(1));
      long sent = System.nanoTime();
      socket.getOutputStream().write(request);
      ByteBuffer head = ByteBuffer.wrap(read(socket, Message.HEADER_LENGTH));
      if (!Frame.isStun(head) || Frame.length(head) > Frame.LONGEST) {
        return Sighting.Unseen.NOT_STUN;
      }
      byte[] body = read(socket, Frame.length(head) - Message.HEADER_LENGTH);
      ByteBuffer message = ByteBuffer.allocate(Frame.length(head)).put(head).put(body).flip();
      return answers(message)
          ? read(message, local(socket.getLocalSocketAddress()), sent)
          : Sighting.Unseen.NOT_STUN;
    } catch (SocketTimeoutException e) {
      return Sighting.Unseen.NO_ANSWER;
    } catch (IOException e) {
      return Sighting.Unseen.UNREACHABLE;
    }
  }

  private byte[] read(Socket socket, int length) throws IOException {
    InputStream in = socket.getInputStream();
    byte[] bytes = new byte[length];
    int at = 0;
    while (at < length) {
      socket.setSoTimeout(millisUntil(deadline).orElseThrow(SocketTimeoutException::new));
      int read = in.read(bytes, at, length - at);
      if (read < 0) {
        throw new IOException("closed within an answer");
      }
      at += read;
    }
    return bytes;
  }

  /** Whether it is a whole message of this transaction. */
  private boolean answers(ByteBuffer message) {
    if (!Frame.isStun(message)
        || message.limit() != Frame.length(message)
        || !Attributes.areWhole(message)) {
      return false;
    }
    byte[] theirs = new byte[id.length];
    message.get(Frame.TRANSACTION_ID_AT, theirs);
    return Arrays.equals(id, theirs);
  }

  private Sighting read(ByteBuffer message, InetSocketAddress sentFrom, long sent) {
    Duration roundTrip = Duration.ofNanos(System.nanoTime() - sent);
    if (message.getChar(0) == Message.BINDING_ERROR_RESPONSE) {
      return Sighting.Unseen.REFUSED;
    }
    byte[] bytes = new byte[message.limit()];
    message.get(0, bytes);
    try {
      Message answer = Message.decode(bytes, 0, bytes.length);
      return answer.getMessageType() == Message.BINDING_SUCCESS_RESPONSE
              && answer.getAttribute(Attribute.XOR_MAPPED_ADDRESS)
                  instanceof XorMappedAddressAttribute mapped
          ? new Sighting.Seen(sentFrom, mapped.getAddress(id), roundTrip)
          : Sighting.Unseen.NOT_STUN;
    } catch (StunException | RuntimeException e) {
      // The decoder believes lengths within an attribute; what it throws then says the same.
      return Sighting.Unseen.NOT_STUN;
    }
  }

  private static InetSocketAddress local(SocketAddress address) throws IOException {
    if (address instanceof InetSocketAddress local) {
      return local;
    }
    throw new IOException("closed");
  }

  /** What is left, rounded up; empty if it is over. */
  private static Optional<Integer> millisUntil(long deadline) {
    long left = deadline - System.nanoTime();
    return left <= 0
        ? Optional.empty()
        : Optional.of((int) Math.min(Integer.MAX_VALUE, left / 1_000_000 + 1));
  }

  private static byte[] write(byte[] id) {
    Request request = MessageFactory.createBindingRequest();
    try {
      request.setTransactionID(id);
    } catch (StunException e) {
      throw new IllegalStateException("a fresh transaction id is well-formed", e);
    }
    return request.encode(null);
  }
}
