package dev.switchboard.turn.stun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StunServerTest {

  private static final byte[] BARE = Rfc5769.bytes("000100002112a442b7e7a701bc34d686fa87dfae");
  private static final byte[] NOISE = "GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final MeterRegistry registry = new SimpleMeterRegistry();
  private @Nullable StunServer server;

  @AfterEach
  void stop() {
    if (server != null) {
      server.stop(new ShutdownEvent());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1"})
  void answersOnOneLoopbackAddressAlone(String address) throws IOException {
    int port = start(0, address);

    try (DatagramSocket client = client(address)) {
      assertThat(mappedAddress(ask(client, BARE, port))).isEqualTo(client.getLocalSocketAddress());
    }
  }

  @Test
  void answersBothFamiliesOnOnePort() throws IOException {
    int port = start(0, "127.0.0.1", "::1");

    for (String address : List.of("127.0.0.1", "::1")) {
      try (DatagramSocket client = client(address)) {
        assertThat(mappedAddress(ask(client, BARE, port)))
            .isEqualTo(client.getLocalSocketAddress());
      }
    }
  }

  @Test
  void answersOnEachPortOfEachAddressOverUdpAndTcp() throws IOException {
    int first = start(TestConfig.on("127.0.0.1", "::1").withPorts(0, 0));

    List<String> locals = server().locals();
    assertThat(locals).hasSize(8).contains("UDP port " + first + " of 127.0.0.1");
    for (String local : locals) {
      String[] words = local.split(" ", -1);
      int port = Integer.parseInt(words[2]);
      if (words[0].equals("UDP")) {
        try (DatagramSocket client = client(words[4])) {
          assertThat(mappedAddress(ask(client, BARE, port)))
              .isEqualTo(client.getLocalSocketAddress());
        }
      } else {
        try (Socket client = new Socket(InetAddress.ofLiteral(words[4]), port)) {
          client.setSoTimeout(5000);
          client.getOutputStream().write(BARE);
          assertThat(client.getInputStream().readNBytes(2)).containsExactly(1, 1);
        }
      }
    }
    assertThat(server().isServing()).isTrue();
  }

  @Test
  void aPortThatIsTakenLeavesTheOthersUnbound() throws IOException {
    int free = freePort();
    try (DatagramSocket taken = client("127.0.0.1")) {
      assertThatThrownBy(
              () -> start(TestConfig.on("127.0.0.1").withPorts(free, taken.getLocalPort())))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("UDP port " + taken.getLocalPort());
      new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), free)).close();
    }
  }

  @Test
  void bothWildcardsTogetherAnswerBothFamiliesAsThemselves() throws IOException {
    int port = start(0, "0.0.0.0", "::");

    for (String address : List.of("127.0.0.1", "::1")) {
      try (DatagramSocket client = client(address)) {
        assertThat(mappedAddress(ask(client, BARE, port)))
            .isEqualTo(client.getLocalSocketAddress());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 64})
  void eachOfManyAtOnceGetsItsOwnAnswer(int batch) throws IOException {
    int port = start(TestConfig.on("127.0.0.1", "::1").withSockets(1).withBatch(batch).unlimited());

    for (String address : List.of("127.0.0.1", "::1")) {
      try (DatagramSocket ada = client(address);
          DatagramSocket bob = client(address)) {
        for (byte i = 0; i < 100; i++) {
          send(ada, numbered(i), port);
          send(bob, numbered(i), port);
          send(bob, NOISE, port);
        }
        for (DatagramSocket client : List.of(ada, bob)) {
          Set<Byte> numbers = new HashSet<>();
          for (int i = 0; i < 100; i++) {
            DatagramPacket answer = new DatagramPacket(new byte[100], 100);
            client.receive(answer);
            byte[] bytes = Arrays.copyOf(answer.getData(), answer.getLength());
            assertThat(mappedAddress(bytes)).isEqualTo(client.getLocalSocketAddress());
            numbers.add(bytes[19]);
          }
          assertThat(numbers).hasSize(100);
        }
      }
    }
    assertThat(count("answered")).isEqualTo(400);
    assertThat(count("failed")).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 65})
  void aBatchThatIsNoneIsRefused(int batch) {
    assertThatThrownBy(() -> start(TestConfig.on("127.0.0.1").withBatch(batch)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("switchboard.stun.batch");
  }

  @Test
  void withoutBatchesTheSameIsAnswered() throws IOException {
    int port = start(TestConfig.on("0.0.0.0", "::").withBatch(1));

    for (String address : List.of("127.0.0.1", "::1")) {
      try (DatagramSocket client = client(address)) {
        assertThat(mappedAddress(ask(client, BARE, port)))
            .isEqualTo(client.getLocalSocketAddress());
      }
    }
    server().stop(new ShutdownEvent());
    new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port)).close();
  }

  @Test
  void noiseIsCountedAndNotAnsweredAndDisturbsNobody() throws IOException {
    int port = start(0, "127.0.0.1");

    try (DatagramSocket client = client("127.0.0.1")) {
      send(client, NOISE, port);
      send(client, new byte[0], port);
      send(client, new byte[65_507], port);
      byte[] tooLong = Arrays.copyOf(BARE, 20 + 1484);
      ByteBuffer.wrap(tooLong).putShort(2, (short) 1484);
      send(client, tooLong, port);

      assertThat(mappedAddress(ask(client, BARE, port))).isEqualTo(client.getLocalSocketAddress());
      client.setSoTimeout(50);
      assertThatThrownBy(() -> client.receive(new DatagramPacket(new byte[100], 100)))
          .isInstanceOf(SocketTimeoutException.class);
    }
    assertThat(count("ignored")).isEqualTo(4);
    assertThat(count("answered")).isEqualTo(1);
  }

  @Test
  void pastTheLimitThereIsSilenceThatIsCounted() throws IOException {
    int port = start(TestConfig.on("127.0.0.1").withLimit(1, 3));

    try (DatagramSocket client = client("127.0.0.1")) {
      for (int i = 0; i < 3; i++) {
        ask(client, BARE, port);
      }
      for (int i = 0; i < 100; i++) {
        send(client, BARE, port);
      }
      // One a second is admitted: of a hundred at once nearly all are not, however slow the
      // machine.
      Counter over =
          registry.get("switchboard.stun.datagrams").tag("reason", "over_the_limit").counter();
      long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
      while (over.count() < 50 && System.nanoTime() < patience) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
      }
      assertThat(over.count()).isGreaterThanOrEqualTo(50);
    }
  }

  @Test
  void withoutALimitASourceIsAnsweredHoweverOftenItAsks() throws IOException {
    int port = start(TestConfig.on("127.0.0.1").unlimited());

    try (DatagramSocket client = client("127.0.0.1")) {
      for (int i = 0; i < 2000; i++) {
        ask(client, BARE, port);
      }
    }
    assertThat(count("answered")).isEqualTo(2000);
  }

  @Test
  void softwareIsToldOnlyIfConfigured() throws IOException {
    int port = start(TestConfig.on("127.0.0.1").withSoftware("Größe"));

    try (DatagramSocket client = client("127.0.0.1")) {
      byte[] answer = ask(client, BARE, port);
      // 7 bytes of UTF-8, and one of padding.
      assertThat(HexFormat.of().formatHex(answer, 32, answer.length))
          .isEqualTo("80220007" + "4772c3b6c39f65" + "00");
    }
  }

  @Test
  void softwareTakesAsManyCharactersAsTheStandardAllows() throws IOException {
    String longest = "\uD83D\uDE00".repeat(127);
    int port = start(TestConfig.on("127.0.0.1").withSoftware(longest));

    try (DatagramSocket client = client("127.0.0.1")) {
      assertThat(ask(client, BARE, port)).hasSize(32 + 4 + 127 * 4);
    }
    StunServer tooMuch = create(TestConfig.on("127.0.0.1").withSoftware(longest + "x"));
    assertThatThrownBy(() -> tooMuch.start(new StartupEvent()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("switchboard.stun.software");
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1", "::"})
  void everySocketThatSharesAPortAnswers(String address) throws IOException {
    int port = start(TestConfig.on(address).withSockets(4));
    String loopback = address.equals("::") ? "::1" : address;

    // The kernel picks a socket by the source's port: fifty ports leave none of four out.
    for (int i = 0; i < 50; i++) {
      try (DatagramSocket client = client(loopback)) {
        assertThat(mappedAddress(ask(client, BARE, port)))
            .isEqualTo(client.getLocalSocketAddress());
      }
    }
    assertThat(server().locals()).as("each address once").hasSize(2);
  }

  @Test
  void aPortThatAnotherResponderSharesAmongItsSocketsIsTaken() throws IOException {
    int port = start(TestConfig.on("127.0.0.1").withSockets(2));
    StunServer second = create(TestConfig.on("127.0.0.1").withSockets(2).withPorts(port));

    assertThatThrownBy(() -> second.start(new StartupEvent()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("UDP port " + port);
  }

  @Test
  void settingsThatMakeNoSenseAreRefused() {
    TestConfig config = TestConfig.on("127.0.0.1");

    for (TestConfig senseless :
        List.of(
            config.withSockets(0),
            config.withLimit(0, 1),
            config.withLimit(1, 0),
            config.withTcp(0, Duration.ofSeconds(1)),
            config.withTcp(1, 0, Duration.ofSeconds(1)),
            config.withTcp(1, Duration.ZERO))) {
      assertThatThrownBy(() -> start(senseless)).isInstanceOf(ConfigurationException.class);
    }
  }

  @Test
  void aTakenPortIsOneClearLine() throws IOException {
    try (DatagramSocket taken = client("127.0.0.1")) {
      assertThatThrownBy(() -> start(taken.getLocalPort(), "::1", "127.0.0.1"))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("UDP port " + taken.getLocalPort() + " of 127.0.0.1")
          .hasMessageContaining("switchboard.stun.port")
          .message()
          .hasLineCount(1);
      assertThat(server().isServing()).isFalse();
      new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral("::1"), taken.getLocalPort()))
          .close();
    }
  }

  @Test
  void anAddressThatIsNoLiteralIsRefused() {
    assertThatThrownBy(() -> start(0, "localhost"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("'localhost'");
  }

  @Test
  void aPortThatIsNoneOrStandsTwiceIsRefused() {
    for (Integer[] ports : new Integer[][] {{65536}, {-1}, {3478, 3478}}) {
      assertThatThrownBy(() -> start(TestConfig.on("127.0.0.1").withPorts(ports)))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("switchboard.stun.port");
    }
  }

  @RepeatedTest(20)
  void stoppingFreesThePortAtOnce() throws IOException {
    int port = start(0, "127.0.0.1");

    server().stop(new ShutdownEvent());

    assertThat(server().isServing()).isFalse();
    assertThat(server().port()).isEmpty();
    new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port)).close();
  }

  @Test
  void disabledItListensNowhereAndIsReadyAllTheSame() {
    StunServer disabled = create(TestConfig.on("127.0.0.1").disabled());
    disabled.start(new StartupEvent());

    assertThat(disabled.port()).isEmpty();
    assertThat(new StunReadiness(disabled).call().getStatus())
        .isEqualTo(HealthCheckResponse.Status.UP);
  }

  private int start(int port, String... addresses) {
    return start(TestConfig.on(addresses).withPorts(port));
  }

  private int start(StunConfig config) {
    StunServer created = create(config);
    server = created;
    created.start(new StartupEvent());
    return created.port().orElseThrow();
  }

  private StunServer create(StunConfig config) {
    return new StunServer(config, new StunOutcomes(registry), new TcpOutcomes(registry));
  }

  private StunServer server() {
    return Objects.requireNonNull(server);
  }

  private double count(String outcome) {
    return registry.get("switchboard.stun.datagrams").tag("outcome", outcome).counters().stream()
        .mapToDouble(Counter::count)
        .sum();
  }

  private static byte[] numbered(byte number) {
    byte[] request = BARE.clone();
    request[19] = number;
    return request;
  }

  private static int freePort() throws IOException {
    try (DatagramSocket lent = client("127.0.0.1")) {
      return lent.getLocalPort();
    }
  }

  static DatagramSocket client(String address) throws IOException {
    DatagramSocket client =
        new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral(address), 0));
    client.setSoTimeout(5000);
    return client;
  }

  static byte[] ask(DatagramSocket client, byte[] datagram, int port) throws IOException {
    send(client, datagram, port);
    DatagramPacket answer = new DatagramPacket(new byte[2048], 2048);
    client.receive(answer);
    return Arrays.copyOf(answer.getData(), answer.getLength());
  }

  static void send(DatagramSocket client, byte[] datagram, int port) throws IOException {
    client.send(new DatagramPacket(datagram, datagram.length, client.getLocalAddress(), port));
  }

  /** Reads XOR-MAPPED-ADDRESS (RFC 8489, 14.2) of an answer that has nothing else. */
  private static InetSocketAddress mappedAddress(byte[] answer) throws IOException {
    assertThat(HexFormat.of().formatHex(answer, 0, 2)).isEqualTo("0101");
    assertThat(HexFormat.of().formatHex(answer, 20, 22)).isEqualTo("0020");
    byte[] address = Arrays.copyOfRange(answer, 28, answer.length);
    for (int i = 0; i < address.length; i++) {
      address[i] = (byte) (address[i] ^ answer[4 + i]);
    }
    int port = (ByteBuffer.wrap(answer).getShort(26) ^ 0x2112) & 0xFFFF;
    return new InetSocketAddress(InetAddress.getByAddress(address), port);
  }
}
