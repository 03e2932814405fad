package dev.switchboard.turn.stun;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BindingClientTest {

  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(200);

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final StunServer server =
      new StunServer(
          TestConfig.on("127.0.0.1", "::1"), new StunOutcomes(registry), new TcpOutcomes(registry));

  @AfterEach
  void stop() {
    server.stop(new ShutdownEvent());
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1"})
  void ourResponderSeesWhereItWasAskedFrom(String address) {
    server.start(new StartupEvent());
    InetSocketAddress at =
        new InetSocketAddress(InetAddress.ofLiteral(address), server.port().orElseThrow());

    for (Sighting sighting :
        new Sighting[] {BindingClient.overUdp(at, PATIENCE), BindingClient.overTcp(at, PATIENCE)}) {
      assertThat(sighting)
          .isInstanceOfSatisfying(
              Sighting.Seen.class,
              it -> {
                assertThat(it.seen().getAddress()).isEqualTo(at.getAddress());
                assertThat(it.seen().getPort()).isEqualTo(it.sentFrom().getPort());
                assertThat(it.roundTrip()).isPositive().isLessThan(PATIENCE);
              });
    }
  }

  @Test
  void whereNobodyListensItSaysSo() throws IOException {
    InetSocketAddress nobody;
    try (ServerSocket lent = new ServerSocket(0, 1, LOOPBACK)) {
      nobody = (InetSocketAddress) lent.getLocalSocketAddress();
    }

    assertThat(BindingClient.overUdp(nobody, PATIENCE)).isEqualTo(Sighting.Unseen.UNREACHABLE);
    assertThat(BindingClient.overTcp(nobody, PATIENCE)).isEqualTo(Sighting.Unseen.UNREACHABLE);
  }

  @Test
  void whoIsSilentEndsItsPatience() throws IOException {
    try (ServerSocket tcp = new ServerSocket(0, 1, LOOPBACK);
        DatagramSocket udp = new DatagramSocket(new InetSocketAddress(LOOPBACK, 0))) {
      assertThat(BindingClient.overUdp((InetSocketAddress) udp.getLocalSocketAddress(), SHORT))
          .isEqualTo(Sighting.Unseen.NO_ANSWER);
      assertThat(BindingClient.overTcp((InetSocketAddress) tcp.getLocalSocketAddress(), SHORT))
          .isEqualTo(Sighting.Unseen.NO_ANSWER);
    }
  }

  @Test
  void anErrorResponseIsARefusal() throws Exception {
    assertThat(whatIsSeen(request -> answer(request, "0111", "0009000400000400")))
        .isEqualTo(Sighting.Unseen.REFUSED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // No address, and two that are cut short.
        "",
        "002000040001a147",
        "00200000",
      })
  void anAnswerWithoutAnAddressIsNone(String attributes) throws Exception {
    assertThat(whatIsSeen(request -> answer(request, "0101", attributes)))
        .isEqualTo(Sighting.Unseen.NOT_STUN);
  }

  @Test
  void theAnswerToAnotherRequestIsPassedOver() throws Exception {
    assertThat(
            whatIsSeen(request -> {
              byte[] answer = answer(request, "0101", "002000080001a147e112a643");
              answer[19] ^= 1;
              return answer;
            }))
        .isEqualTo(Sighting.Unseen.NO_ANSWER);
  }

  @Test
  void whatIsNoStunOverTcpIsToldApart() throws Exception {
    try (ServerSocket tcp = new ServerSocket(0, 1, LOOPBACK)) {
      Thread server =
          Thread.ofVirtual()
              .start(() -> {
                try (Socket client = tcp.accept()) {
                  client.getInputStream().readNBytes(20);
                  client
                      .getOutputStream()
                      .write(
                          "HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                } catch (IOException e) {
                  throw new AssertionError(e);
                }
              });

      assertThat(BindingClient.overTcp((InetSocketAddress) tcp.getLocalSocketAddress(), PATIENCE))
          .isEqualTo(Sighting.Unseen.NOT_STUN);
      server.join();
    }
  }

  /** Asks a server that answers its first datagram with whatever. */
  private static Sighting whatIsSeen(UnaryOperator<byte[]> answer) throws Exception {
    try (DatagramSocket udp = new DatagramSocket(new InetSocketAddress(LOOPBACK, 0))) {
      Thread server =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  DatagramPacket packet = new DatagramPacket(new byte[100], 100);
                  udp.receive(packet);
                  packet.setData(answer.apply(Arrays.copyOf(packet.getData(), packet.getLength())));
                  udp.send(packet);
                } catch (IOException e) {
                  throw new AssertionError(e);
                }
              });
      Sighting sighting =
          BindingClient.overUdp(
              (InetSocketAddress) udp.getLocalSocketAddress(), Duration.ofMillis(400));
      server.join();
      return sighting;
    }
  }

  private static byte[] answer(byte[] request, String type, String attributes) {
    byte[] body = HexFormat.of().parseHex(attributes);
    return ByteBuffer.allocate(20 + body.length)
        .put(HexFormat.of().parseHex(type))
        .putChar((char) body.length)
        .put(request, 4, 16)
        .put(body)
        .array();
  }
}
