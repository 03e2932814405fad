package dev.switchboard.turn.selftest;

import java.io.Closeable;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** A UDP balancer that puts an address of its own, 127.0.0.2, in place of the client's. */
final class TranslatingBalancer implements Closeable {

  private final DatagramSocket front;
  private final DatagramSocket back;
  private volatile @Nullable SocketAddress client;

  TranslatingBalancer(int frontPort, int responder) throws IOException {
    front =
        new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), frontPort));
    back = new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.2"), 0));
    SocketAddress server = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), responder);
    Thread.ofVirtual().start(() -> forward(front, back, server));
    Thread.ofVirtual().start(() -> forward(back, front, null));
  }

  private void forward(DatagramSocket from, DatagramSocket to, @Nullable SocketAddress server) {
    DatagramPacket packet = new DatagramPacket(new byte[1500], 1500);
    try {
      while (true) {
        packet.setLength(1500);
        from.receive(packet);
        if (server != null) {
          client = packet.getSocketAddress();
        }
        packet.setSocketAddress(server == null ? client : server);
        to.send(packet);
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  @Override
  public void close() {
    front.close();
    back.close();
  }
}
