package dev.switchboard.signaling.dialect.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.signaling.dialect.json.Envelope;
import java.math.BigInteger;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples are those of RFC 8949, appendix A, where it has them. */
class CborTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0000',
      value = {
        "00|0",
        "1818|24",
        "1b000000e8d4a51000|1000000000000",
        "1bffffffffffffffff|18446744073709551615",
        "c249010000000000000000|18446744073709551616",
        "c248ffffffffffffffff|18446744073709551615",
        "c240|0",
        "3bffffffffffffffff|-18446744073709551616",
        "c349010000000000000000|-18446744073709551617",
        "20|-1",
        "3903e7|-1000",
        "f90000|0.0",
        "f98000|-0.0",
        "fb3ff199999999999a|1.1",
        "f93e00|1.5",
        "f97bff|65504.0",
        "fa47c35000|100000.0",
        "fa3dcccccd|0.10000000149011612",
        "fb7e37e43c8800759c|1.0E300",
        "f97c00|null",
        "f97e00|null",
        "fbfff0000000000000|null",
        "f4|false",
        "f5|true",
        "f6|null",
        "f7|null",
        "60|\"\"",
        "62225c|\"\\\"\\\\\"",
        "62c3bc|\"ü\"",
        "64f0908591|\"\ud800\udd51\"",
        "6100|\"\\u0000\"",
        "7f657374726561646d696e67ff|\"streaming\"",
        "80|[]",
        "8301820203820405|[1,[2,3],[4,5]]",
        "9fff|[]",
        "9f018202039f0405ffff|[1,[2,3],[4,5]]",
        "a0|{}",
        "a26161016162820203|{\"a\":1,\"b\":[2,3]}",
        "bf61610161629f0203ffff|{\"a\":1,\"b\":[2,3]}",
        "a26161016161f6|{\"a\":1,\"a\":null}",
      })
  void whatJsonCanSayIsRead(String cbor, String json) {
    assertThat(read(cbor)).contains(json);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", // nothing
        "0000", // two items
        "a0f6", // and here
        "1c", // reserved
        "ff", // a break of nothing
        "18", // cut off
        "61", // cut off
        "62c3", // cut off
        "6261", // cut off
        "61ff", // no UTF-8
        "7bffffffffffffffff", // a text of 2^64 bytes
        "7b7fffffffffffffff61", // a text of 2^63 bytes
        "7a7fffffff61", // a text of 2^31 bytes
        "5a7fffffff", // as many bytes
        "9b7fffffffffffffff", // as many elements
        "9affffffff", // an array of 2^32
        "bb7fffffffffffffff", // a map of as many
        "bb7fffffffffffffff616101", // and one of them
        "8201", // an element is missing
        "a2616101", // a member is missing
        "a16161", // a value is missing
        "bf6161ff", // a value is missing
        "7f6161", // an open end
        "7f01ff", // a number in a text
        "40", // bytes
        "4401020304", // bytes
        "5f42010243030405ff", // bytes
        "81a1611041ff", // bytes deeper down
        "a10102", // a number for a key
        "a12002", // a negative one
        "a14161f6", // bytes for a key
        "a1f6f6", // null for a key
        "a180f6", // an array for a key
        "a1c06161f6", // a tag on a key
        "f0", // a simple value
        "f818", // a reserved one
        "f8ff", // a simple value
        "c074323031332d30332d32315432303a30343a30305a", // a date
        "c11a514b67b0", // an epoch
        "c1fb41d452d9ec200000", // an epoch
        "c4820203", // a decimal fraction
        "8301c482020303", // the same among others
        "c5820203", // a bigfloat
        "d9d9f7a0", // tagged as CBOR
        "c26161", // a bignum of text
        "c201", // a bignum of a number
        "c25f4101ff", // a bignum in pieces
        "c2590100", // a bignum that is cut off
        "c2c24101", // a bignum of a bignum
        "d8184101", // bytes with a tag
        "d901008263616161d81900", // a reference to a text
        "d90100a1636161610a", // the namespace of such
        "d81900", // a reference to nothing
      })
  void whatJsonCannotSayIsRefused(String cbor) {
    assertThat(read(cbor)).isEmpty();
  }

  @Test
  void depthIsBounded() {
    assertThat(read("81".repeat(64) + "80")).isEmpty();
    assertThat(read("81".repeat(60_000) + "80")).isEmpty();
    assertThat(read("a16161".repeat(60_000) + "80")).isEmpty();
    assertThat(read("81".repeat(60) + "80")).isPresent();
  }

  @Test
  void bignumsAreBounded() {
    BigInteger most = BigInteger.TWO.pow(8 * 255).subtract(BigInteger.ONE);
    assertThat(read("c258ff" + "ff".repeat(255))).contains(most.toString());
    assertThat(read("c3" + "58ff" + "ff".repeat(255))).contains(most.not().toString());
    assertThat(read("c2590100" + "ff".repeat(256))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0000',
      value = {
        "0|00",
        "-1|20",
        "9007199254740993|1b0020000000000001",
        "18446744073709551616|c249010000000000000000",
        "-18446744073709551617|c349010000000000000000",
        "0.1|fb3fb999999999999a",
        "1.0|fb3ff0000000000000",
        "-0.0|fb8000000000000000",
        "1e3|fb408f400000000000",
        "1e400|fb7ff0000000000000",
        "\"\\u00e9\\ud83d\\ude00\"|66c3a9f09f9880",
        "\"\\ud83d!\"|64efbfbd21",
        "[true,false,null]|9ff5f4f6ff",
        " { \"a\" : { } } |bf6161bfffff",
      })
  void jsonIsWritten(String json, String cbor) {
    assertThat(HexFormat.of().formatHex(Cbor.ofJson(json))).isEqualTo(cbor);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[0,-1,2147483648,-2147483649,9223372036854775807,-9223372036854775808]",
        "[9223372036854775808,-9223372036854775809,123456789012345678901234567890]",
        "[0.1,-1.5,1.0E300,4.9E-324,1.7976931348623157E308]",
        "{\"sdp\":\"v=0\\r\\no=- 1 2 IN IP4 0.0.0.0\\r\\n\",\"é\":[[[]],{}],\"\":null}",
      })
  void thereAndBackNothingIsLost(String json) {
    assertThat(Cbor.toJson(Cbor.ofJson(json))).contains(json);
  }

  @Test
  void longTextsAndLongNumbersAreWritten() {
    String sdp = "\"" + "a=candidate é 😀 ".repeat(4000) + "\"";
    assertThat(Cbor.toJson(Cbor.ofJson(sdp))).contains(sdp);
    assertThat(Cbor.toJson(Cbor.ofJson("9".repeat(611)))).contains("9".repeat(611));
    assertThat(Cbor.ofJson("9".repeat(60_000))).hasSize(9);
    assertThat(Cbor.ofJson("-" + "9".repeat(60_000))).hasSize(9);
    assertThat(Cbor.ofJson("0." + "9".repeat(60_000))).hasSize(9);
  }

  @Test
  void whateverComesTheResultIsJsonOrNothing() {
    byte[] seed = Cbor.ofJson("{\"type\":\"signal\",\"to\":1,\"data\":[1.5,-7,\"é\",{},1e9]}");
    Random random = new Random(8949);
    for (int i = 0; i < 300_000; i++) {
      byte[] frame = seed.clone();
      if (i % 2 == 0) {
        frame = new byte[random.nextInt(1, 24)];
        random.nextBytes(frame);
        frame[0] = (byte) (0x80 | (frame[0] & 0x3f));
      }
      for (int mutation = random.nextInt(4); mutation >= 0; mutation--) {
        frame[random.nextInt(frame.length)] = (byte) random.nextInt();
      }
      String hex = HexFormat.of().formatHex(frame);
      Cbor.toJson(frame)
          .ifPresent(json ->
              assertThat(Envelope.scan("{\"v\":" + json + "}"))
                  .as(hex)
                  .isInstanceOf(Envelope.class));
    }
  }

  private static Optional<String> read(String hex) {
    return Cbor.toJson(HexFormat.of().parseHex(hex));
  }
}
