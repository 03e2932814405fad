package dev.switchboard.turn.stun;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Mutations of a corpus ({@code stun-corpus}, hex text), from fixed seeds: a failure names its
 * round, and happens again.
 */
class StunFuzzTest {

  private static final Usage BASIC = new BasicUsage(Encoder.anonymous());
  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
  private static final byte[] BARE = Rfc5769.bytes("000100002112a442b7e7a701bc34d686fa87dfae");
  private static final int LONGEST_DATAGRAM = 65_507;

  private final List<byte[]> corpus = corpus();
  private final MeterRegistry registry = new SimpleMeterRegistry();
  private final StunServer server =
      new StunServer(
          TestConfig.on("127.0.0.1").unlimited().withTcp(50, Duration.ofMillis(100)),
          new StunOutcomes(registry),
          new TcpOutcomes(registry));

  @AfterEach
  void stop() {
    server.stop(new ShutdownEvent());
  }

  @ParameterizedTest
  @CsvSource({"192.0.2.1, 1.6", "2001:db8::1, 2.2"})
  void noMutationThrowsOrGetsMoreThanItsShareOrGrows(String address, double most) {
    BindingResponder responder = BindingResponder.unlimited(BASIC);
    InetSocketAddress source = new InetSocketAddress(InetAddress.ofLiteral(address), 32853);
    ByteBuffer answer = ByteBuffer.allocate(BASIC.longestAnswer());
    Random random = new Random(8489);
    int answered = 0;
    for (int round = 0; round < 500_000; round++) {
      byte[] message = mutated(random);
      Reply reply = responder.reply(ByteBuffer.wrap(message), source, answer);
      if (reply instanceof Answer) {
        answered++;
        if (answer.remaining() > message.length * most) {
          throw new AssertionError(
              "round %d: %d bytes for %d".formatted(round, answer.remaining(), message.length));
        }
      }
    }
    assertThat(answered).as("some mutations are still requests").isGreaterThan(10_000);
  }

  @Test
  void theWorstMessagesLeaveLittleToCollect() {
    BindingResponder responder = BindingResponder.unlimited(BASIC);
    InetSocketAddress source = new InetSocketAddress(LOOPBACK, 32853);
    ByteBuffer answer = ByteBuffer.allocate(BASIC.longestAnswer());
    ByteBuffer worst = ByteBuffer.allocate(Frame.LONGEST);
    worst.putInt(0x00010000 | (Frame.LONGEST - 20)).put(BARE, 4, 16);
    for (int type = 1; worst.hasRemaining(); type++) {
      worst.putInt(type << 16);
    }
    worst.flip();
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 1000; i++) {
      assertThat(responder.reply(worst, source, answer) == Answer.REFUSAL).isTrue();
    }

    assertThat((threads.getCurrentThreadAllocatedBytes() - before) / 1000).isLessThan(16_384);
  }

  @Test
  void datagramsOfAnyLengthDisturbNoSocket() throws IOException {
    server.start(new StartupEvent());
    int port = server.port().orElseThrow();
    Random random = new Random(65_507);
    try (DatagramSocket client = new DatagramSocket(new InetSocketAddress(LOOPBACK, 0))) {
      client.setSoTimeout(500);
      for (int round = 0; round < 2000; round++) {
        byte[] datagram = round % 50 == 0 ? longest(random) : mutated(random);
        client.send(new DatagramPacket(datagram, datagram.length, LOOPBACK, port));
      }
      assertThat(isAnswered(client, port)).isTrue();
    }
    assertThat(failures()).isZero();
    assertThat(server.isServing()).isTrue();
  }

  /**
   * A request with a transaction id of its own, sent again as often as it is lost (RFC 8489,
   * section 6.2.1): two thousand datagrams at once are more than the kernel's buffers hold.
   */
  private static boolean isAnswered(DatagramSocket client, int port) throws IOException {
    byte[] request = BARE.clone();
    request[19] = 0x55;
    byte[] answer = new byte[256];
    for (int attempt = 0; attempt < 40; attempt++) {
      client.send(new DatagramPacket(request, request.length, LOOPBACK, port));
      try {
        do {
          client.receive(new DatagramPacket(answer, answer.length));
        } while (answer[19] != 0x55);
        return true;
      } catch (SocketTimeoutException e) {
        // Lost, on the way there or back.
      }
    }
    return false;
  }

  @Test
  void streamsThatStallLieOrBreakOffLeaveNoConnection() throws IOException, InterruptedException {
    server.start(new StartupEvent());
    int port = server.port().orElseThrow();
    Random random = new Random(6_2_2);
    for (int round = 0; round < 300; round++) {
      try (Socket client = new Socket(LOOPBACK, port)) {
        client.setSoTimeout(5000);
        for (int messages = random.nextInt(4); messages >= 0; messages--) {
          byte[] bytes = round % 20 == 0 ? longest(random) : mutated(random);
          client.getOutputStream().write(bytes, 0, cut(bytes.length, random));
        }
        if (round % 10 == 0) {
          // Stall: what comes is an answer or two, and then the end.
          client.getInputStream().readAllBytes();
        }
      } catch (SocketException e) {
        // The server closed on noise while more was written.
      }
    }
    long patience = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (server.openConnections() > 0 && System.nanoTime() < patience) {
      Thread.sleep(5);
    }
    assertThat(server.openConnections()).isZero();
    assertThat(failures()).isZero();
    try (Socket client = new Socket(LOOPBACK, port)) {
      client.setSoTimeout(5000);
      client.getOutputStream().write(BARE);
      assertThat(client.getInputStream().readNBytes(32)).hasSize(32).startsWith(1, 1);
    }
  }

  private double failures() {
    return Stream.of("switchboard.stun.datagrams", "switchboard.stun.frames")
        .mapToDouble(meter -> registry.get(meter).tag("outcome", "failed").counter().count())
        .sum();
  }

  private static int cut(int length, Random random) {
    return random.nextBoolean() ? length : random.nextInt(length + 1);
  }

  /** As long as UDP allows; every other one says of itself that it is a request. */
  private static byte[] longest(Random random) {
    byte[] datagram = new byte[LONGEST_DATAGRAM];
    random.nextBytes(datagram);
    if (random.nextBoolean()) {
      System.arraycopy(BARE, 0, datagram, 0, BARE.length);
      ByteBuffer.wrap(datagram).putChar(2, (char) (random.nextInt(0x10000) & ~3));
    }
    return datagram;
  }

  private byte[] mutated(Random random) {
    byte[] seed = corpus.get(random.nextInt(corpus.size()));
    byte[] message =
        switch (random.nextInt(6)) {
          case 0 -> Arrays.copyOf(seed, random.nextInt(seed.length + 1));
          case 1 -> Arrays.copyOf(seed, seed.length + random.nextInt(64));
          case 2 -> joined(seed, corpus.get(random.nextInt(corpus.size())));
          default -> seed.clone();
        };
    for (int flips = random.nextInt(4); flips > 0 && message.length > 0; flips--) {
      message[random.nextInt(message.length)] = (byte) random.nextInt();
    }
    if (message.length >= 4 && random.nextInt(3) == 0) {
      // A right length lets what was mutated behind it be read.
      ByteBuffer.wrap(message).putChar(2, (char) (message.length - 20));
    }
    if (message.length >= 24 && random.nextInt(4) == 0) {
      ByteBuffer.wrap(message).putChar(22, (char) random.nextInt());
    }
    return message;
  }

  private static byte[] joined(byte[] head, byte[] tail) {
    byte[] both = Arrays.copyOf(head, head.length + tail.length);
    System.arraycopy(tail, 0, both, head.length, tail.length);
    return both;
  }

  private static List<byte[]> corpus() {
    try (Stream<Path> files =
        Files.list(
            Path.of(
                Objects.requireNonNull(StunFuzzTest.class.getResource("/stun-corpus")).toURI()))) {
      List<byte[]> messages = files.sorted().map(StunFuzzTest::read).toList();
      assertThat(messages).hasSizeGreaterThan(10);
      return messages;
    } catch (IOException | URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] read(Path hex) {
    try {
      return Rfc5769.bytes(Files.readString(hex));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
