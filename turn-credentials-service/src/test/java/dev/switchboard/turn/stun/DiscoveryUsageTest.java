package dev.switchboard.turn.stun;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** NAT behaviour discovery (RFC 5780), without sockets. */
class DiscoveryUsageTest {

  private static final String ID = "2112a442b7e7a701bc34d686fa87dfae";
  private static final String BARE = "00010000" + ID;
  private static final InetSocketAddress SOURCE = at("192.0.2.1", 32853);

  /** Of 192.0.2.1 port 32853: XOR-MAPPED-ADDRESS of RFC 5769, and MAPPED-ADDRESS. */
  private static final String MAPPED = "002000080001a147e112a643" + "0001000800018055c0000201";

  /** 198.51.100.1 and .2 with ports 3478 (0d96) and 3479 (0d97). */
  private static final Square SQUARE =
      new Square(
          InetAddress.ofLiteral("198.51.100.1"), InetAddress.ofLiteral("198.51.100.2"), 3478, 3479);

  private final ByteBuffer answer = ByteBuffer.allocate(usage(true).longestAnswer());

  @Test
  void aBareRequestIsToldWhoAnswersAndWhoElseIsThere() {
    assertThat(reply(BARE)).isEqualTo(Answer.SUCCESS);

    assertThat(hex())
        .isEqualTo(
            "01010030" + ID + MAPPED + "802b000800010d96c6336401" + "802c000800010d97c6336402");
  }

  @ParameterizedTest
  @CsvSource({
    "00000002, 198.51.100.1, 3479",
    "00000004, 198.51.100.2, 3478",
    "00000006, 198.51.100.2, 3479",
  })
  void anAnswerLeavesFromWhereItIsWantedAndSaysSo(String flags, String address, int port) {
    InetSocketAddress from = at(address, port);

    assertThat(reply("00010008" + ID + "00030004" + flags)).isEqualTo(new Detour(from, SOURCE));

    // Whatever is changed, the other one is opposite to where the request arrived.
    assertThat(hex())
        .contains("802b00080001" + hex(from))
        .contains("802c00080001" + "0d97c6336402");
  }

  @Test
  void eachCornerKnowsItsOpposite() {
    assertThat(SQUARE.at(at("198.51.100.2", 3478)).orElseThrow().opposite())
        .isEqualTo(at("198.51.100.1", 3479));
    assertThat(SQUARE.at(at("198.51.100.2", 3479)).orElseThrow().opposite())
        .isEqualTo(at("198.51.100.1", 3478));
    assertThat(SQUARE.at(at("198.51.100.1", 3479)).orElseThrow().opposite())
        .isEqualTo(at("198.51.100.2", 3478));
    assertThat(SQUARE.at(at("198.51.100.1", 443))).isEmpty();
    assertThat(SQUARE.at(at("198.51.100.3", 3478))).isEmpty();
  }

  @Test
  void aChangeOfNothingChangesNothing() {
    assertThat(reply("00010008" + ID + "0003000400000000")).isEqualTo(Answer.SUCCESS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"002700041f900000", "002700021f900000"})
  void anAnswerGoesToThePortThatItIsWantedAt(String responsePort) {
    assertThat(reply("00010008" + ID + responsePort))
        .isEqualTo(new Detour(at("198.51.100.1", 3478), at("192.0.2.1", 8080)));
    assertThat(hex()).as("the source is still told").contains(MAPPED);
  }

  @Test
  void thePortThatItCameFromIsNoDetour() {
    assertThat(reply("00010008" + ID + "0027000480550000")).isEqualTo(Answer.SUCCESS);
  }

  @Test
  void paddingIsAnsweredWithAsMuchAndNoMore() {
    assertThat(reply("00010010" + ID + "0026000a" + "00".repeat(12))).isEqualTo(Answer.SUCCESS);
    assertThat(hex()).endsWith("00260008" + "00".repeat(8));

    assertThat(reply("000105e0" + ID + "002605dc" + "00".repeat(1500))).isEqualTo(Answer.SUCCESS);
    assertThat(answer.remaining()).isEqualTo(20 + 48 + 4 + 1500);

    assertThat(reply("00010708" + ID + "00260704" + "00".repeat(1796))).isEqualTo(Answer.SUCCESS);
    assertThat(answer.remaining()).isEqualTo(20 + 48 + 4 + 1500);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "00010004" + ID + "00030000",
        "0001000c" + ID + "000300080000000600000000",
        "00010008" + ID + "0027000400000000",
        "00010004" + ID + "00270000",
        "00010010" + ID + "002700041f900000" + "0026000400000000",
      })
  void whatMakesNoSenseIs400WithAnEmptyReason(String request) {
    assertThat(reply(request)).isEqualTo(Answer.REJECTION);
    assertThat(hex()).isEqualTo("01110008" + ID + "0009000400000400");
  }

  @Test
  void whatIsUnknownIsRefusedByNameAlone() {
    assertThat(reply("0001000c" + ID + "0003000400000006" + "77770000")).isEqualTo(Answer.REFUSAL);
    assertThat(hex()).isEqualTo("01110010" + ID + "0009000400000414" + "000a000277770000");
  }

  @Test
  void whatFollowsTheIntegrityWantsNothing() {
    String integrity = "00080014" + "00".repeat(20);

    assertThat(reply("00010020" + ID + integrity + "0003000400000006")).isEqualTo(Answer.SUCCESS);
  }

  @Test
  void overTcpTheOtherPlaceIsToldButNoAnswerLeavesFromIt() {
    assertThat(reply(usage(false), BARE)).isEqualTo(Answer.SUCCESS);
    assertThat(hex()).endsWith("802c000800010d97c6336402");

    assertThat(reply(usage(false), "00010008" + ID + "0003000400000006")).isEqualTo(Answer.REFUSAL);
    assertThat(hex()).endsWith("000a000200030000");
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 198.51.100.1, 198.51.100.2, 3.4",
    "2001:db8::9, 2001:db8::1, 2001:db8::2, 5.8"
  })
  void noMutationThrowsOrGetsMoreThanItsShare(String source, String one, String two, double most) {
    InetSocketAddress place = at(one, 3478);
    Square square =
        new Square(place.getAddress(), InetAddress.ofLiteral(two), place.getPort(), 3479);
    BindingResponder responder =
        BindingResponder.unlimited(
            new DiscoveryUsage(Encoder.anonymous(), square.at(place).orElseThrow(), true));
    String[] seeds = {
      BARE,
      "00010008" + ID + "0003000400000006",
      "00010010" + ID + "0003000400000002" + "002700041f900000",
      "00010108" + ID + "00260104" + "00".repeat(260),
    };
    Random random = new Random(5780);
    int detours = 0;
    for (int round = 0; round < 200_000; round++) {
      byte[] message = HexFormat.of().parseHex(seeds[random.nextInt(seeds.length)]);
      for (int flips = random.nextInt(3); flips > 0; flips--) {
        message[20 + random.nextInt(Math.max(1, message.length - 20)) - 1] =
            (byte) random.nextInt();
      }
      Reply reply =
          responder.reply(
              ByteBuffer.wrap(message),
              new InetSocketAddress(InetAddress.ofLiteral(source), 9),
              answer);
      if (!(reply instanceof Noise) && answer.remaining() > message.length * most) {
        throw new AssertionError(
            "round %d: %d bytes for %d".formatted(round, answer.remaining(), message.length));
      }
      if (reply instanceof Detour) {
        detours++;
      }
    }
    assertThat(detours).isGreaterThan(10_000);
  }

  private Reply reply(String request) {
    return reply(usage(true), request);
  }

  private Reply reply(Usage usage, String request) {
    return BindingResponder.unlimited(usage)
        .reply(ByteBuffer.wrap(HexFormat.of().parseHex(request)), SOURCE, answer);
  }

  private static DiscoveryUsage usage(boolean overUdp) {
    return new DiscoveryUsage(
        Encoder.anonymous(), SQUARE.at(at("198.51.100.1", 3478)).orElseThrow(), overUdp);
  }

  private String hex() {
    return HexFormat.of().formatHex(answer.array(), 0, answer.limit());
  }

  private static String hex(InetSocketAddress place) {
    return "%04x".formatted(place.getPort())
        + HexFormat.of().formatHex(place.getAddress().getAddress());
  }

  private static InetSocketAddress at(String literal, int port) {
    return new InetSocketAddress(InetAddress.ofLiteral(literal), port);
  }
}
