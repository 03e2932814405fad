package dev.switchboard.turn.stun;

import static dev.switchboard.turn.stun.StunServerTest.ask;
import static dev.switchboard.turn.stun.StunServerTest.client;
import static dev.switchboard.turn.stun.StunServerTest.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** NAT behaviour discovery (RFC 5780) over two addresses of the loopback network. */
class DiscoverySocketsTest {

  private static final String ID = "2112a442b7e7a701bc34d686fa87dfae";

  private final MeterRegistry registry = new SimpleMeterRegistry();
  private final TestConfig config = TestConfig.on("127.0.0.1");
  private final StunServer server = server(discovering(config));

  @AfterEach
  void stop() {
    server.stop(new ShutdownEvent());
  }

  @Test
  void anAnswerLeavesFromTheOtherAddressAndPort() throws IOException {
    int port = start();

    assertThat(server.locals()).as("two addresses, two ports, UDP and TCP").hasSize(8);
    try (DatagramSocket client = client("127.0.0.1")) {
      send(client, Rfc5769.bytes("00010008" + ID + "0003000400000006"), port);
      DatagramPacket answer = received(client);

      assertThat(answer.getAddress()).isEqualTo(InetAddress.ofLiteral("127.0.0.2"));
      assertThat(answer.getPort()).isNotEqualTo(port);
      assertThat(answer.getLength()).isEqualTo(20 + 4 * 12);
    }
    assertThat(
            registry.get("switchboard.stun.datagrams").tag("reason", "elsewhere").counter().count())
        .isEqualTo(1);
  }

  @Test
  void anAnswerGoesToThePortThatItIsWantedAt() throws IOException {
    int port = start();

    try (DatagramSocket client = client("127.0.0.1");
        DatagramSocket listener = client("127.0.0.1")) {
      String wanted = "00270004%04x0000".formatted(listener.getLocalPort());
      send(client, Rfc5769.bytes("00010008" + ID + wanted), port);

      assertThat(received(listener).getPort()).isEqualTo(port);
    }
  }

  @Test
  void paddingIsReadAndAnsweredWholeAndNothingLongerIs() throws IOException {
    int port = start();

    try (DatagramSocket client = client("127.0.0.1")) {
      send(client, padded(2044), port);
      assertThat(ask(client, padded(1500), port)).hasSize(20 + 4 * 12 + 4 + 1500);
    }
  }

  @Test
  void theLimitOfASourceCountsDetoursToo() throws IOException {
    StunServer strict = server(discovering(config.withLimit(1, 2)));
    try {
      strict.start(new StartupEvent());
      try (DatagramSocket client = client("127.0.0.1")) {
        byte[] change = Rfc5769.bytes("00010008" + ID + "0003000400000006");
        for (int i = 0; i < 20; i++) {
          send(client, change, strict.port().orElseThrow());
        }
        received(client);
        received(client);
      }
      assertThat(
              registry
                  .get("switchboard.stun.datagrams")
                  .tag("reason", "elsewhere")
                  .counter()
                  .count())
          .isBetween(2.0, 10.0);
    } finally {
      strict.stop(new ShutdownEvent());
    }
  }

  @Test
  void itTakesTwoAddressesOfOneFamilyByName() {
    for (TestConfig senseless :
        List.of(
            config.withDiscovery(Optional.of("127.0.0.2"), OptionalInt.empty()),
            config.withDiscovery(Optional.empty(), OptionalInt.of(0)),
            config.withDiscovery(Optional.of("127.0.0.1"), OptionalInt.of(0)),
            config.withDiscovery(Optional.of("::1"), OptionalInt.of(0)),
            config.withDiscovery(Optional.of("0.0.0.0"), OptionalInt.of(0)),
            config.withDiscovery(Optional.of("localhost"), OptionalInt.of(0)),
            discovering(TestConfig.on("0.0.0.0", "::")),
            config.withPorts(3478).withDiscovery(Optional.of("127.0.0.2"), OptionalInt.of(3478)))) {
      assertThatThrownBy(() -> server(senseless).start(new StartupEvent()))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("switchboard.stun.discovery.");
    }
  }

  private int start() {
    server.start(new StartupEvent());
    return server.port().orElseThrow();
  }

  private StunServer server(StunConfig of) {
    return new StunServer(of, new StunOutcomes(registry), new TcpOutcomes(registry));
  }

  private static TestConfig discovering(TestConfig config) {
    return config.withDiscovery(Optional.of("127.0.0.2"), OptionalInt.of(0));
  }

  private static byte[] padded(int padding) {
    byte[] request = Arrays.copyOf(Rfc5769.bytes("00010000" + ID), 20 + 4 + padding);
    ByteBuffer.wrap(request).putChar(2, (char) (4 + padding)).putInt(20, 0x00260000 | padding);
    return request;
  }

  private static DatagramPacket received(DatagramSocket socket) throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
    socket.receive(packet);
    return packet;
  }
}
