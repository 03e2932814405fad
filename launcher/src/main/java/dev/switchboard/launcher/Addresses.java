package dev.switchboard.launcher;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.SocketException;
import java.util.List;

/** This machine's addresses and which ports are free on them. */
final class Addresses {

  private Addresses() {}

  static boolean isTcpPortFree(String host, int port) {
    try (ServerSocket socket = new ServerSocket()) {
      // A port that the last run left in TIME_WAIT is free to a server.
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(host, port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  static boolean isUdpPortFree(String host, int port) {
    try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(host, port))) {
      return socket.isBound();
    } catch (SocketException e) {
      return false;
    }
  }

  /** A TCP port on loopback that nobody has right now. */
  static int freeTcpPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Every IPv4 address by which another machine may know this one. */
  static List<String> ofThisMachine() throws SocketException {
    return NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .filter(Inet4Address.class::isInstance)
        .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
        .map(InetAddress::getHostAddress)
        .sorted()
        .toList();
  }
}
