package dev.switchboard.turn.stun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** STUN over TCP: the framing of RFC 8489, section 6.2.2, and what a connection may cost. */
class StunTcpTest {

  private static final byte[] BARE = Rfc5769.bytes("000100002112a442b7e7a701bc34d686fa87dfae");
  private static final byte[] INDICATION =
      Rfc5769.bytes("001100002112a442b7e7a701bc34d686fa87dfae");
  private static final Duration SHORT = Duration.ofMillis(100);
  private static final Duration LONG = Duration.ofMinutes(1);

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
  void answersOnThePortThatUdpHas(String address) throws IOException {
    int port = start(10, LONG);

    try (Socket client = connect(address, port)) {
      client.getOutputStream().write(BARE);

      assertToldItsPort(client);
    }
  }

  @Test
  void aConnectionCarriesManyRequestsInWhateverPieces() throws IOException {
    int port = start(10, LONG);

    try (Socket client = connect("127.0.0.1", port)) {
      client.setTcpNoDelay(true);
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      for (int i = 0; i < 20; i++) {
        all.writeBytes(i % 2 == 0 ? BARE : Rfc5769.LONG_TERM_REQUEST);
      }
      byte[] bytes = all.toByteArray();
      for (int at = 0; at < bytes.length; at += 7) {
        client.getOutputStream().write(bytes, at, Math.min(7, bytes.length - at));
      }
      for (int i = 0; i < 20; i++) {
        assertToldItsPort(client);
      }
    }
  }

  @Test
  void anIndicationIsSkippedAndTheNextRequestAnswered() throws IOException {
    int port = start(10, LONG);

    try (Socket client = connect("127.0.0.1", port)) {
      client.getOutputStream().write(INDICATION);
      client.getOutputStream().write(BARE);

      assertToldItsPort(client);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "474554202f20485454502f312e310d0a0d0a0d0a",
        "16030100c8010000c403031122334455667788ff",
        "000100002112a443b7e7a701bc34d686fa87dfae",
        "0001fffc2112a442b7e7a701bc34d686fa87dfae",
        "000100022112a442b7e7a701bc34d686fa87dfae",
        "000100082112a442b7e7a701bc34d686fa87dfae8022ffff00000000",
        "000100082112a442b7e7a701bc34d686fa87dfae8028000400000000",
      })
  void noiseClosesTheConnection(String hex) throws IOException {
    int port = start(10, LONG);

    try (Socket client = connect("127.0.0.1", port)) {
      client.getOutputStream().write(Rfc5769.bytes(hex));

      assertClosed(client);
    }
    assertThat(count("switchboard.stun.frames", "ignored")).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 19, 20, 100})
  void aConnectionThatStallsIsClosed(int afterBytes) throws IOException {
    int port = start(10, SHORT);

    try (Socket client = connect("127.0.0.1", port)) {
      client.getOutputStream().write(Arrays.copyOf(Rfc5769.SAMPLE_REQUEST, afterBytes));

      assertClosed(client);
    }
    assertThat(count("switchboard.stun.connections", "overdue")).isEqualTo(1);
  }

  @Test
  void indicationsDoNotKeepAConnectionOpen() throws IOException {
    int port = start(10, SHORT);

    try (Socket client = connect("127.0.0.1", port)) {
      Thread.ofVirtual()
          .start(() -> {
            try {
              while (!client.isClosed()) {
                client.getOutputStream().write(INDICATION);
                Thread.sleep(10);
              }
            } catch (IOException | InterruptedException e) {
              // The server closed: that is what is asked for.
            }
          });
      assertClosed(client);
    }
  }

  @Test
  void aClientThatTakesNoAnswersIsClosed() throws IOException {
    int port = start(10, SHORT);

    try (Socket client = new Socket()) {
      client.setReceiveBufferSize(1024);
      client.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
      byte[] many = new byte[BARE.length * 1000];
      for (int at = 0; at < many.length; at += BARE.length) {
        System.arraycopy(BARE, 0, many, at, BARE.length);
      }
      boolean closed = false;
      for (int i = 0; i < 100_000 && !closed; i++) {
        try {
          client.getOutputStream().write(many);
        } catch (SocketException e) {
          closed = true;
        }
      }
      assertThat(closed).isTrue();
    }
    assertThat(count("switchboard.stun.connections", "overdue")).isEqualTo(1);
  }

  @Test
  void oneMoreThanMayBeIsTurnedAwayAndTheOthersAreServedOn() throws IOException {
    int port = start(3, LONG);
    List<Socket> served = new ArrayList<>();
    try {
      for (int i = 0; i < 3; i++) {
        Socket client = connect("127.0.0.1", port);
        served.add(client);
        client.getOutputStream().write(BARE);
        assertToldItsPort(client);
      }
      try (Socket oneMore = connect("127.0.0.1", port)) {
        assertClosed(oneMore);
      }
      for (Socket client : served) {
        client.getOutputStream().write(BARE);
        assertToldItsPort(client);
      }
    } finally {
      for (Socket client : served) {
        client.close();
      }
    }
    assertThat(count("switchboard.stun.connections", "turned_away")).isEqualTo(1);
  }

  @Test
  void oneSourceCannotTakeThePlacesOfOthers() throws IOException {
    int port = start(TestConfig.on("127.0.0.1").unlimited().withTcp(10, 2, LONG));

    try (Socket first = connect("127.0.0.1", port);
        Socket second = connect("127.0.0.1", port);
        Socket third = connect("127.0.0.1", port);
        Socket neighbour = connectFrom("127.0.0.2", "127.0.0.1", port)) {
      assertClosed(third);
      for (Socket client : List.of(first, second, neighbour)) {
        client.getOutputStream().write(BARE);
        assertToldItsPort(client);
      }
    }
    assertThat(count("switchboard.stun.connections", "over_the_share")).isEqualTo(1);
  }

  @Test
  void aClosedConnectionGivesItsPlaceBack() throws IOException {
    int port = start(TestConfig.on("127.0.0.1").unlimited().withTcp(10, 1, LONG));

    for (int i = 0; i < 20; i++) {
      try (Socket client = connect("127.0.0.1", port)) {
        client.getOutputStream().write(BARE);
        assertToldItsPort(client);
      }
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> Objects.requireNonNull(server).openConnections() == 0);
    }
  }

  @Test
  void theSharesOfSourcesThatAreGoneTakeNoRoom() {
    Shares shares = new Shares(2);
    InetAddress one = InetAddress.ofLiteral("2001:db8::1");
    InetAddress sameNetwork = InetAddress.ofLiteral("2001:db8::ffff:2");

    assertThat(shares.take(one)).isTrue();
    assertThat(shares.take(sameNetwork)).isTrue();
    assertThat(shares.take(one)).isFalse();
    shares.giveBack(one);
    assertThat(shares.take(InetAddress.ofLiteral("192.0.2.1"))).isTrue();
    assertThat(shares.sources()).isEqualTo(2);
    shares.giveBack(sameNetwork);
    shares.giveBack(InetAddress.ofLiteral("192.0.2.1"));
    assertThat(shares.sources()).isZero();
  }

  @Test
  void stoppingEndsWhatIsOpen() throws IOException {
    int port = start(3, LONG);

    try (Socket client = connect("127.0.0.1", port)) {
      client.getOutputStream().write(BARE);
      assertToldItsPort(client);
      stop();

      assertClosed(client);
    }
  }

  private int start(int connections, Duration idle) {
    return start(TestConfig.on("127.0.0.1", "::1").unlimited().withTcp(connections, idle));
  }

  private int start(StunConfig config) {
    StunServer created =
        new StunServer(config, new StunOutcomes(registry), new TcpOutcomes(registry));
    server = created;
    created.start(new StartupEvent());
    return Objects.requireNonNull(server).port().orElseThrow();
  }

  private double count(String meter, String outcome) {
    return registry.get(meter).tag("outcome", outcome).counters().stream()
        .mapToDouble(counter -> counter.count())
        .sum();
  }

  private static Socket connect(String address, int port) throws IOException {
    Socket client = new Socket(InetAddress.ofLiteral(address), port);
    client.setSoTimeout(5000);
    return client;
  }

  private static Socket connectFrom(String local, String address, int port) throws IOException {
    Socket client =
        new Socket(InetAddress.ofLiteral(address), port, InetAddress.ofLiteral(local), 0);
    client.setSoTimeout(5000);
    return client;
  }

  private static void assertToldItsPort(Socket client) throws IOException {
    int body = client.getLocalAddress().getAddress().length == 4 ? 12 : 24;
    byte[] answer = client.getInputStream().readNBytes(20 + body);
    assertThat(HexFormat.of().formatHex(answer, 0, 4)).isEqualTo("010100%02x".formatted(body));
    int port = ((answer[26] & 0xFF) << 8 | (answer[27] & 0xFF)) ^ 0x2112;
    assertThat(port).isEqualTo(client.getLocalPort());
  }

  /** By end of stream, or by a reset when the server had not read all there was. */
  private static void assertClosed(Socket client) throws IOException {
    try {
      assertThat(client.getInputStream().read()).isEqualTo(-1);
    } catch (SocketException e) {
      assertThat(e).hasMessageContaining("reset");
    }
  }
}
