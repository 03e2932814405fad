package dev.switchboard.turn.relay;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import org.ice4j.message.Request;
import org.ice4j.message.Response;

/** Datagrams, sent again until an answer comes (RFC 8489, section 6.2.1). */
final class UdpWire implements Wire {

  private static final int LONGEST = 1500;

  /** RFC 8489's first retransmission time; it doubles. */
  private static final Duration RTO = Duration.ofMillis(500);

  private final DatagramSocket socket;
  private final Deadline deadline;

  private UdpWire(DatagramSocket socket, Deadline deadline) {
    this.socket = socket;
    this.deadline = deadline;
  }

  static UdpWire open(InetSocketAddress server, Deadline deadline) throws IOException {
    DatagramSocket socket = new DatagramSocket();
    try {
      // A port that is closed says so, and nobody else is heard.
      socket.connect(server);
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
    return new UdpWire(socket, deadline);
  }

  @Override
  public Response ask(Request request) throws IOException {
    byte[] bytes = Messages.write(request);
    Duration wait = RTO;
    while (true) {
      socket.send(new DatagramPacket(bytes, bytes.length));
      Optional<Response> response = listen(request, deadline.within(wait));
      if (response.isPresent()) {
        return response.get();
      }
      wait = wait.multipliedBy(2);
    }
  }

  private Optional<Response> listen(Request request, Deadline until) throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[LONGEST], LONGEST);
    try {
      while (true) {
        socket.setSoTimeout(until.millisLeft());
        socket.receive(packet);
        Optional<Response> response = Messages.read(packet.getData(), packet.getLength(), request);
        if (response.isPresent()) {
          return response;
        }
      }
    } catch (SocketTimeoutException e) {
      deadline.millisLeft();
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    socket.close();
  }
}
