package dev.switchboard.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** One {@code ./switchboard up}, on ports that are free, and what it printed. */
public final class House implements AutoCloseable {

  /** Generous: it is only ever waited out when a test fails. */
  private static final long PATIENCE_SECONDS = 120;

  private final int port;
  private final int stunPort;
  private final Process process;
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final CountDownLatch settled = new CountDownLatch(1);

  private House(int port, int stunPort, List<String> options) throws IOException {
    this.port = port;
    this.stunPort = stunPort;
    List<String> command =
        command("--port", String.valueOf(port), "--stun-port", String.valueOf(stunPort));
    command.addAll(options);
    this.process = new ProcessBuilder(command).redirectErrorStream(true).start();
    Thread.ofVirtual().start(this::read);
  }

  /** {@code up} with these options, of what is tested. */
  static List<String> command(String... options) {
    List<String> command = new ArrayList<>(List.of(script().toString(), "up"));
    if (Packaged.NATIVE) {
      command.add("--native");
    }
    command.addAll(List.of(options));
    return command;
  }

  /** Starts a house and waits until it says that it is ready. */
  static House up(String... options) {
    House house = begin(options);
    if (house.lines.stream().noneMatch(line -> line.equals("ready " + house.page()))) {
      house.close();
      throw new IllegalStateException("not ready: " + house.lines);
    }
    return house;
  }

  /** Starts a house and waits until it is ready or has ended. */
  static House begin(String... options) {
    int port = freePorts();
    return begin(port, port + 10, options);
  }

  /** The same on these ports, free or not. */
  static House begin(int port, int stunPort, String... options) {
    try {
      House house = new House(port, stunPort, List.of(options));
      if (!house.settled.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        house.close();
        throw new IllegalStateException("neither ready nor ended: " + house.lines);
      }
      return house;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void read() {
    try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(line);
        if (line.startsWith("Ctrl-C")) {
          settled.countDown();
        }
      }
    } catch (IOException e) {
      lines.add(e.toString());
    } finally {
      settled.countDown();
    }
  }

  String page() {
    return (lines.stream().anyMatch(line -> line.startsWith("ready https")) ? "https" : "http")
        + "://localhost:"
        + port;
  }

  /** The page as its last signaling pod serves it. */
  String lastPage() {
    return lines.stream()
        .filter(line -> line.startsWith("  signaling "))
        .map(line -> line.substring(line.indexOf("//localhost")).replaceFirst("/$", ""))
        .reduce((_, last) -> last)
        .map(last -> page().substring(0, page().indexOf('/')) + last)
        .orElseThrow();
  }

  int port() {
    return port;
  }

  int stunPort() {
    return stunPort;
  }

  List<String> lines() {
    return lines;
  }

  Process process() {
    return process;
  }

  /** What the table says about {@code what}. */
  String address(String what) {
    return lines.stream()
        .filter(line -> line.startsWith("  " + what + " "))
        .map(line -> line.substring(2 + what.length()).strip())
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(what + " is not in " + lines));
  }

  /** Whether each of its TCP and UDP ports can be had by somebody else. */
  boolean hasFreedItsPorts() {
    return IntStream.rangeClosed(port, port + 2).allMatch(House::isTcpFree)
        && isTcpFree(stunPort + 1)
        && isUdpFree(stunPort)
        && isUdpFree(stunPort + 1);
  }

  /** Ends it as Ctrl-C does and waits for its end. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException("it did not stop: " + lines);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The front script of the working copy that these tests are part of. */
  public static Path script() {
    for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      Path script = folder.resolve("switchboard");
      if (Files.isExecutable(script) && Files.isRegularFile(script)) {
        return script;
      }
    }
    throw new IllegalStateException("no front script above " + Path.of("").toAbsolutePath());
  }

  /** The first of twelve ports in a row that are free, for TCP and UDP. */
  private static int freePorts() {
    for (int port = 18_000; port < 30_000; port += 20) {
      if (IntStream.range(port, port + 12).allMatch(p -> isTcpFree(p) && isUdpFree(p))) {
        return port;
      }
    }
    throw new IllegalStateException("no twelve ports in a row are free");
  }

  private static boolean isTcpFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean isUdpFree(int port) {
    try (DatagramSocket socket =
        new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
      return socket.isBound();
    } catch (SocketException e) {
      return false;
    }
  }
}
