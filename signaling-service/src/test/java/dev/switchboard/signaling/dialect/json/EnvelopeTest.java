package dev.switchboard.signaling.dialect.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.switchboard.signaling.protocol.Payload;
import dev.switchboard.signaling.protocol.Refusal;
import dev.switchboard.signaling.protocol.Refusal.Reason;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeTest {

  private static final ObjectMapper JACKSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "true",
        "false",
        "0",
        "-0",
        "1",
        "-1",
        "10",
        "0.5",
        "-0.0",
        "1e5",
        "1E+5",
        "1.5e-7",
        "\"\"",
        "\"a\"",
        "\"\\\"\"",
        "\"\\\\\"",
        "\"\\/\\b\\f\\n\\r\\t\"",
        "\"\\u00e9\\uD834\"",
        "\"é😀\u007f\u2028\"",
        "[]",
        "[ ]",
        "[1]",
        "[1 ,\t2]",
        "{}",
        "{ }",
        "{\"a\":1}",
        "{\"a\":{\"b\":[{}]} , \"a\" : 2}",
        "123456789012345678901234567890"
      })
  void everyValueOfTheGrammarPassesUntouched(String value) {
    Envelope envelope = (Envelope) Envelope.scan(" {\n\"v\" :\t" + value + "\r}\n");

    assertThat(text(envelope.payload("v"))).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nul",
        "True",
        "nan",
        "Infinity",
        "+1",
        "01",
        "-",
        "-01",
        ".5",
        "1.",
        "1.e5",
        "1e",
        "1e+",
        "0x10",
        "1_000",
        "'a'",
        "\"",
        "\"\\x\"",
        "\"\\u12\"",
        "\"\\u12g4\"",
        "\"\t\"",
        "\"\n\"",
        "\"\u0000\"",
        "[",
        "[1",
        "[1,]",
        "[,1]",
        "[1 2]",
        "{",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{,}",
        "{a:1}",
        "{\"a\" 1}",
        "{\"a\":1 \"b\":2}",
        "1 2",
        "1,",
        "/* */ 1",
        "\\u0031",
        "]",
        "}",
        "\"\\ud８34\"",
        "١"
      })
  void nothingElseDoes(String value) {
    assertThat(Envelope.scan("{\"v\":" + value + "}")).isEqualTo(malformed());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "[]",
        "\"a\"",
        "1",
        "{",
        "{}}",
        "{} {}",
        "{}x",
        "\uFEFF{}",
        "{\"a\""
      })
  void aFrameIsOneObject(String frame) {
    assertThat(Envelope.scan(frame)).isEqualTo(malformed());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "\u007f", "é", "А", "😀"})
  void whatHasToBeEscapedIsFoundWhereverItStands(String around) {
    for (char c = 0; c < 0x180; c++) {
      boolean plain = c >= ' ' && c != '"' && c != '\\';
      for (int before = 0; before < 17; before++) {
        String value = '"' + around.repeat(before) + c + around.repeat(17 - before) + '"';

        Scanned scanned = Envelope.scan("{\"v\":" + value + "}");

        if (scanned instanceof Envelope envelope) {
          assertThat(plain).as("%x after %d", (int) c, before).isTrue();
          assertThat(text(envelope.payload("v"))).isEqualTo(value);
        } else {
          assertThat(plain).as("%x after %d", (int) c, before).isFalse();
        }
      }
    }
  }

  @Test
  void nestingIsBounded() {
    int inside = Json.MAX_DEPTH - 1;

    assertThat(Envelope.scan("{\"v\":" + "[".repeat(inside) + "]".repeat(inside) + "}"))
        .isInstanceOf(Envelope.class);
    assertThat(Envelope.scan("{\"v\":" + "[".repeat(inside + 1) + "]".repeat(inside + 1) + "}"))
        .isEqualTo(malformed());
    assertThat(Envelope.scan("{\"v\":" + "{\"a\":".repeat(100_000))).isEqualTo(malformed());
  }

  @Test
  void membersAreBounded() {
    StringBuilder frame = new StringBuilder("{\"0\":0");
    for (int i = 1; i < Envelope.MAX_MEMBERS; i++) {
      frame.append(",\"").append(i).append("\":0");
    }

    assertThat(Envelope.scan(frame + "}")).isInstanceOf(Envelope.class);
    assertThat(Envelope.scan(frame + ",\"more\":0}")).isEqualTo(malformed());
  }

  @Test
  void noKeyOfTheEnvelopeStandsTwice() {
    assertThat(Envelope.scan("{\"a\":1,\"b\":2,\"\\u0061\":3}"))
        .isEqualTo(new Scanned.Malformed(new Refusal(Reason.DUPLICATE_KEY, "a")));
  }

  @Test
  void stringsAreUnescaped() {
    Envelope envelope =
        (Envelope)
            Envelope.scan(
                "{\"k\\n\":\"\\u0410\\ud83d\\ude00\\\"\\\\\\/\\b\\f\\n\\r\\t!\",\"n\":1}");

    assertThat(envelope.string("k\n")).isEqualTo("А😀\"\\/\b\f\n\r\t!");
    assertThat(envelope.string("n")).isNull();
    assertThat(envelope.string("absent")).isNull();
    assertThat(envelope.payload("absent")).isNull();
  }

  @Test
  void whatIsQuotedReadsBackTheSame() throws JsonProcessingException {
    String all = "\"\\/\b\f\n\r\t\u0000\u001f\u007f é😀 plain";
    String quoted = Text.quote(new StringBuilder(), all).toString();

    assertThat(JACKSON.readValue(quoted, String.class)).isEqualTo(all);
    assertThat(Text.unescape(quoted, 1, quoted.length() - 1)).isEqualTo(all);
  }

  /** A strict parser of another make must agree on every mutation of real frames. */
  @Test
  void aStrictParserOfAnotherMakeAgrees() {
    Random random = new Random(20261120);
    String alphabet = "{}[]\",:\\ue0189-+.tfn \n\u0001é";
    String seed =
        "{\"type\":\"offer\",\"offer\":{\"sdp\":\"v=0\\r\\n\\u00e9\",\"n\":[1.5e3,true,null,{}]},"
            + "\"name\":\"bob\"}";
    for (int round = 0; round < 200_000; round++) {
      StringBuilder frame = new StringBuilder(seed);
      for (int edits = random.nextInt(3); edits >= 0; edits--) {
        int at = random.nextInt(frame.length());
        switch (random.nextInt(3)) {
          case 0 -> frame.deleteCharAt(at);
          case 1 -> frame.insert(at, alphabet.charAt(random.nextInt(alphabet.length())));
          default -> frame.setCharAt(at, alphabet.charAt(random.nextInt(alphabet.length())));
        }
      }
      String text = frame.toString();
      boolean ours = !Envelope.scan(text).equals(malformed());
      assertThat(ours).as(text).isEqualTo(jacksonReadsAnObject(text));
    }
  }

  private static boolean jacksonReadsAnObject(String text) {
    try {
      return JACKSON.readTree(text).isObject();
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  private static Scanned malformed() {
    return new Scanned.Malformed(Refusal.of(Reason.MALFORMED));
  }

  private static String text(@org.jspecify.annotations.Nullable Payload payload) {
    StringBuilder out = new StringBuilder();
    if (payload != null) {
      payload.appendTo(out);
    }
    return out.toString();
  }
}
