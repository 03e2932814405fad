package dev.switchboard.turn.stun;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.zip.CRC32;
import org.ice4j.attribute.Attribute;
import org.ice4j.attribute.XorMappedAddressAttribute;
import org.ice4j.message.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BindingResponderTest {

  private static final Usage BASIC = new BasicUsage(Encoder.anonymous());
  private static final BindingResponder RESPONDER = BindingResponder.unlimited(BASIC);
  private static final ByteBuffer ANSWER = ByteBuffer.allocate(BASIC.longestAnswer());
  private static final InetSocketAddress V4 = source("192.0.2.1");
  private static final InetSocketAddress V6 = source("2001:db8:1234:5678:11:2233:4455:6677");
  private static final String ID = "2112a442b7e7a701bc34d686fa87dfae";
  private static final String BARE = "00010000" + ID;

  /** XOR-MAPPED-ADDRESS of RFC 5769, sections 2.2 and 2.3: same transaction, same sources. */
  private static final String MAPPED_V4 = "002000080001a147e112a643";

  private static final String MAPPED_V6 = "002000140002a1470113a9faa5d3f179bc25f4b5bed2b9d9";

  @Test
  void aBareRequestIsToldItsIpv4SourceAndNothingElse() {
    assertThat(hex(answer(BARE, V4))).isEqualTo("0101000c" + ID + MAPPED_V4);
  }

  @Test
  void aBareRequestIsToldItsIpv6SourceAndNothingElse() {
    assertThat(hex(answer(BARE, V6))).isEqualTo("01010018" + ID + MAPPED_V6);
  }

  @Test
  void theVectorsSayTheSameAboutTheseSources() {
    assertThat(hex(Rfc5769.IPV4_RESPONSE)).contains(MAPPED_V4);
    assertThat(hex(Rfc5769.IPV6_RESPONSE)).contains(MAPPED_V6);
  }

  @ParameterizedTest
  @ValueSource(strings = {"192.0.2.1", "255.255.255.255", "2001:db8::1", "::1", "fe80::1"})
  void anotherCodecReadsTheSourceOutOfTheAnswer(String address) throws Exception {
    byte[] answer = answer(Rfc5769.SAMPLE_REQUEST, source(address));

    Message read = Message.decode(answer, (char) 0, (char) answer.length);

    assertThat(read.getMessageType()).isEqualTo(Message.BINDING_SUCCESS_RESPONSE);
    assertThat(read.getAttribute(Attribute.FINGERPRINT)).isNotNull();
    assertThat(read.getAttribute(Attribute.XOR_MAPPED_ADDRESS))
        .isInstanceOfSatisfying(
            XorMappedAddressAttribute.class,
            mapped -> {
              InetSocketAddress told = mapped.getAddress(read.getTransactionID());
              assertThat(told.getAddress()).isEqualTo(source(address).getAddress());
              assertThat(told.getPort()).isEqualTo(source(address).getPort());
            });
  }

  @Test
  void theSampleRequestOfRfc5769IsAnsweredWithARightFingerprint() {
    byte[] answer = answer(Rfc5769.SAMPLE_REQUEST, V4);

    assertThat(hex(answer)).startsWith("01010014" + ID + MAPPED_V4 + "80280004");
    assertThat(fingerprintOf(answer)).isEqualTo(trailing(answer));
    assertThat(fingerprintOf(Rfc5769.SAMPLE_REQUEST)).isEqualTo(trailing(Rfc5769.SAMPLE_REQUEST));
  }

  @Test
  void theLongTermRequestOfRfc5769IsAnsweredWithoutFingerprintOrChallenge() {
    byte[] answer = answer(Rfc5769.LONG_TERM_REQUEST, V4);

    assertThat(hex(answer)).startsWith("0101000c2112a44278ad3433c6ad72c029da412e0020");
  }

  @Test
  void theResponsesOfRfc5769AreNotAnswered() {
    assertSilence(Rfc5769.IPV4_RESPONSE, Noise.NOT_A_BINDING_REQUEST);
    assertSilence(Rfc5769.IPV6_RESPONSE, Noise.NOT_A_BINDING_REQUEST);
  }

  @Test
  void everyPrefixOfARequestIsIgnored() {
    for (int length = 0; length < Rfc5769.SAMPLE_REQUEST.length; length++) {
      assertSilence(Arrays.copyOf(Rfc5769.SAMPLE_REQUEST, length), Noise.NOT_STUN);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 400, 1400})
  void aRequestWithBytesBehindItIsIgnored(int more) {
    byte[] longer = Arrays.copyOf(Rfc5769.SAMPLE_REQUEST, Rfc5769.SAMPLE_REQUEST.length + more);

    assertSilence(longer, Noise.NOT_STUN);
  }

  @ParameterizedTest
  @CsvSource({
    "00010000 2112a443 b7e7a701bc34d686fa87dfae, NOT_STUN",
    "40010000 2112a442 b7e7a701bc34d686fa87dfae, NOT_STUN",
    "80010000 2112a442 b7e7a701bc34d686fa87dfae, NOT_STUN",
    "00010004 2112a442 b7e7a701bc34d686fa87dfae, NOT_STUN",
    "00010001 2112a442 b7e7a701bc34d686fa87dfae 00, NOT_STUN",
    "00110000 2112a442 b7e7a701bc34d686fa87dfae, NOT_A_BINDING_REQUEST",
    "01010000 2112a442 b7e7a701bc34d686fa87dfae, NOT_A_BINDING_REQUEST",
    "01110000 2112a442 b7e7a701bc34d686fa87dfae, NOT_A_BINDING_REQUEST",
    "00030000 2112a442 b7e7a701bc34d686fa87dfae, NOT_A_BINDING_REQUEST",
    "00010004 2112a442 b7e7a701bc34d686fa87dfae 80220001, LYING_LENGTH",
    "00010008 2112a442 b7e7a701bc34d686fa87dfae 8022ffff 00000000, LYING_LENGTH",
    "00010008 2112a442 b7e7a701bc34d686fa87dfae 00060005 00000000, LYING_LENGTH",
    "00010008 2112a442 b7e7a701bc34d686fa87dfae 80280004 00000000, WRONG_FINGERPRINT",
    "00010004 2112a442 b7e7a701bc34d686fa87dfae 80280000, WRONG_FINGERPRINT",
  })
  void whatIsNoRequestGetsNoAnswer(String hex, Noise because) {
    assertSilence(Rfc5769.bytes(hex), because);
  }

  @Test
  void aFingerprintThatIsNotTheLastAttributeIsWrong() {
    byte[] request = Arrays.copyOf(Rfc5769.SAMPLE_REQUEST, Rfc5769.SAMPLE_REQUEST.length + 4);
    request[3] = (byte) (request[3] + 4);
    ByteBuffer.wrap(request).putInt(request.length - 4, 0x80220000);
    byte[] right = fingerprintOf(Arrays.copyOf(request, request.length - 4));
    System.arraycopy(right, 0, request, request.length - 8, 4);

    assertSilence(request, Noise.WRONG_FINGERPRINT);
  }

  @Test
  void aSourceToWhichNothingCanBeSentGetsNothing() {
    InetSocketAddress portless = new InetSocketAddress(V4.getAddress(), 0);

    assertThat(reply(Rfc5769.bytes(BARE), portless)).isEqualTo(Noise.NO_WAY_BACK);
  }

  @ParameterizedTest
  @CsvSource({
    // One: padded with zeros, not counted. ERROR-CODE is 420 with an empty reason.
    "00010004, 77770000, 01110010, 00090004 00000414 000a0002 77770000",
    "00010008, 77770000 77780000, 01110010, 00090004 00000414 000a0004 77777778",
    // The same twice is told once.
    "00010008, 77770000 77770000, 01110010, 00090004 00000414 000a0002 77770000",
    // CHANGE-REQUEST of RFC 5780 is not served: that is how its clients find out.
    "00010008, 00030004 00000006, 01110010, 00090004 00000414 000a0002 00030000",
  })
  void unknownAttributesThatMustBeUnderstoodAreRefusedByName(
      String head, String attributes, String refusal, String body) {
    Reply reply = reply(Rfc5769.bytes(head + ID + attributes), V4);

    assertThat(reply).isEqualTo(Answer.REFUSAL);
    assertThat(hex(bytesOf(reply))).isEqualTo(refusal + ID + body.replace(" ", ""));
  }

  @Test
  void aRefusalHasAFingerprintWhenTheRequestHasOne() {
    byte[] request = fingerprinted("0001000c" + ID + "77770000");

    byte[] refusal = bytesOf(reply(request, V4));

    assertThat(hex(refusal)).startsWith("01110018" + ID + "0009");
    assertThat(fingerprintOf(refusal)).isEqualTo(trailing(refusal));
  }

  @Test
  void unknownAttributesThatMayBeSkippedAreSkipped() {
    assertThat(hex(answer("00010008" + ID + "ffff000300000000", V4)))
        .isEqualTo("0101000c" + ID + MAPPED_V4);
  }

  @Test
  void whatFollowsTheIntegrityIsNotRead() {
    String integrity = "00080014" + "00".repeat(20);

    assertThat(hex(answer("0001001c" + ID + integrity + "77770000", V4)))
        .isEqualTo("0101000c" + ID + MAPPED_V4);
  }

  @Test
  void aRequestFullOfUnknownAttributesGetsAShortRefusal() {
    StringBuilder attributes = new StringBuilder();
    for (int type = 0x1000; type < 0x1000 + 370; type++) {
      attributes.append("%04x0000".formatted(type));
    }
    byte[] request = Rfc5769.bytes("0001%04x".formatted(370 * 4) + ID + attributes);

    assertThat(bytesOf(reply(request, V4))).hasSizeLessThan(200);
  }

  @ParameterizedTest
  @CsvSource({"192.0.2.1, 1.6", "2001:db8::1, 2.2"})
  void noiseNeitherThrowsNorAmplifies(String address, double most) {
    InetSocketAddress source = source(address);
    Random random = new Random(5769);
    int answered = 0;
    for (int round = 0; round < 100_000; round++) {
      byte[] datagram = mutated(random);
      Reply reply = reply(datagram, source);
      if (!(reply instanceof Noise)) {
        answered++;
        assertThat(bytesOf(reply).length).isLessThanOrEqualTo((int) (datagram.length * most));
      }
    }
    assertThat(answered).as("some mutations are still requests").isGreaterThan(1000);
  }

  private static byte[] mutated(Random random) {
    byte[] seed =
        switch (random.nextInt(4)) {
          case 0 -> Rfc5769.SAMPLE_REQUEST;
          case 1 -> Rfc5769.LONG_TERM_REQUEST;
          case 2 -> Rfc5769.bytes("00010008" + ID + "7777000080220000");
          default -> Rfc5769.bytes(BARE);
        };
    byte[] datagram =
        Arrays.copyOf(seed, seed.length + (random.nextInt(4) == 0 ? random.nextInt(9) - 4 : 0));
    for (int flips = random.nextInt(4); flips > 0 && datagram.length > 0; flips--) {
      datagram[random.nextInt(datagram.length)] = (byte) random.nextInt();
    }
    if (random.nextInt(8) == 0) {
      random.nextBytes(datagram);
    }
    return datagram;
  }

  private static byte[] answer(String hex, InetSocketAddress source) {
    return answer(Rfc5769.bytes(hex), source);
  }

  private static byte[] answer(byte[] datagram, InetSocketAddress source) {
    Reply reply = reply(datagram, source);
    assertThat(reply).isEqualTo(Answer.SUCCESS);
    return bytesOf(reply);
  }

  private static void assertSilence(byte[] datagram, Noise because) {
    assertThat(reply(datagram, V4)).isEqualTo(because);
  }

  private static Reply reply(byte[] datagram, InetSocketAddress source) {
    // As the socket hands it over: at the head of a larger buffer with an older datagram behind it.
    byte[] buffer = new byte[2048];
    Arrays.fill(buffer, (byte) 0x28);
    System.arraycopy(datagram, 0, buffer, 0, datagram.length);
    return RESPONDER.reply(ByteBuffer.wrap(buffer).limit(datagram.length), source, ANSWER);
  }

  private static byte[] bytesOf(Reply reply) {
    assertThat(reply).isInstanceOf(Answer.class);
    byte[] bytes = new byte[ANSWER.remaining()];
    ANSWER.get(0, bytes);
    return bytes;
  }

  private static byte[] fingerprinted(String hex) {
    byte[] message = Rfc5769.bytes(hex + "8028000400000000");
    System.arraycopy(fingerprintOf(message), 0, message, message.length - 4, 4);
    return message;
  }

  /** RFC 8489, 14.7: the CRC-32 of all that is before the attribute, XOR 0x5354554e. */
  private static byte[] fingerprintOf(byte[] message) {
    CRC32 crc = new CRC32();
    crc.update(message, 0, message.length - 8);
    return ByteBuffer.allocate(4).putInt((int) crc.getValue() ^ 0x5354554e).array();
  }

  private static byte[] trailing(byte[] message) {
    return Arrays.copyOfRange(message, message.length - 4, message.length);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static InetSocketAddress source(String literal) {
    return new InetSocketAddress(InetAddress.ofLiteral(literal), 32853);
  }
}
