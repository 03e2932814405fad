package dev.switchboard.signaling.dialect.mesh;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonParser.NumberType;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import com.fasterxml.jackson.dataformat.cbor.CBORParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.Optional;

/**
 * CBOR (RFC 8949) in place of JSON, both ways, for what JSON can say as well. Text is at most some
 * eight times as long as the bytes it came from.
 */
final class Cbor {

  private static final int MAX_DEPTH = 64;

  /** What fits in the longest bignum. The time to read a number grows with its length squared. */
  private static final int MOST_DIGITS = 611;

  // Major types, and what else the first byte of an item tells (section 3).
  private static final int BYTES = 2;
  private static final int TEXT = 3;
  private static final int TAG = 6;
  private static final int LENGTH = 0x1f;
  private static final int LENGTH_IN_ONE_BYTE = 24;
  private static final int POSITIVE_BIGNUM = 0xc2;
  private static final int NEGATIVE_BIGNUM = 0xc3;

  private static final CBORFactory CBOR =
      CBORFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
          // Otherwise a simple value would be taken for a number.
          .enable(CBORParser.Feature.READ_SIMPLE_VALUE_AS_EMBEDDED_OBJECT)
          // Otherwise a negative bignum is off by one.
          .enable(CBORGenerator.Feature.ENCODE_USING_STANDARD_NEGATIVE_BIGINT_ENCODING)
          // JSON can name half a surrogate pair, UTF-8 cannot.
          .enable(CBORGenerator.Feature.LENIENT_UTF_ENCODING)
          .build();

  /** Reads what was proven to be JSON, in a frame whose length is bounded. */
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNumberLength(Integer.MAX_VALUE).build())
          .build();

  private Cbor() {}

  /**
   * The JSON text of one CBOR item.
   *
   * @return empty if it is broken, cut off or too deep, if more follows, or if it has what JSON has
   *     no words for: byte strings, keys that are no text, simple values, tags other than those of
   *     bignums of up to 255 bytes
   */
  static Optional<String> toJson(byte[] cbor) {
    StringWriter text = new StringWriter(2 * cbor.length);
    try (JsonParser in = CBOR.createParser(cbor);
        JsonGenerator out = JSON.createGenerator(text)) {
      do {
        if (in.nextToken() == null || !copy(in, cbor, out)) {
          return Optional.empty();
        }
      } while (!out.getOutputContext().inRoot());
      out.flush();
      return in.currentLocation().getByteOffset() == cbor.length
          ? Optional.of(text.toString())
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static boolean copy(JsonParser in, byte[] cbor, JsonGenerator out) throws IOException {
    switch (in.currentToken()) {
      case END_OBJECT, END_ARRAY -> out.copyCurrentEvent(in);
      case START_OBJECT, START_ARRAY, VALUE_STRING, VALUE_TRUE, VALUE_FALSE, VALUE_NULL -> {
        if (major(head(in, cbor)) == TAG) {
          return false;
        }
        out.copyCurrentEvent(in);
      }
      case FIELD_NAME -> {
        if (major(head(in, cbor)) != TEXT) {
          return false;
        }
        out.copyCurrentEvent(in);
      }
      case VALUE_NUMBER_INT -> {
        return copyInteger(in, cbor, out);
      }
      case VALUE_NUMBER_FLOAT -> {
        return copyFloat(in, cbor, out);
      }
      case VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE -> {
        return false;
      }
    }
    return true;
  }

  private static boolean copyInteger(JsonParser in, byte[] cbor, JsonGenerator out)
      throws IOException {
    int head = head(in, cbor);
    if (major(head) != TAG) {
      out.copyCurrentEvent(in);
      return true;
    }
    if (head != POSITIVE_BIGNUM && head != NEGATIVE_BIGNUM) {
      return false;
    }
    int at = start(in) + 1;
    int bytes = cbor[at] & 0xff;
    int length = bytes & LENGTH;
    if (major(bytes) != BYTES || length > LENGTH_IN_ONE_BYTE) {
      return false;
    }
    // Jackson takes the first bit of these bytes for a sign, which it is not (section 3.4.3).
    int content = length == LENGTH_IN_ONE_BYTE ? at + 2 : at + 1;
    int end = (int) in.currentLocation().getByteOffset();
    BigInteger magnitude = new BigInteger(1, cbor, content, end - content);
    out.writeNumber(head == NEGATIVE_BIGNUM ? magnitude.not() : magnitude);
    return true;
  }

  private static boolean copyFloat(JsonParser in, byte[] cbor, JsonGenerator out)
      throws IOException {
    if (in.getNumberType() == NumberType.BIG_DECIMAL || major(head(in, cbor)) == TAG) {
      return false;
    }
    double value = in.getDoubleValue();
    if (Double.isFinite(value)) {
      out.writeNumber(value);
    } else {
      out.writeNull();
    }
    return true;
  }

  private static int start(JsonParser in) {
    return (int) in.currentTokenLocation().getByteOffset();
  }

  private static int head(JsonParser in, byte[] cbor) {
    return cbor[start(in)] & 0xff;
  }

  private static int major(int head) {
    return head >> 5;
  }

  /**
   * The CBOR item that says the same as {@code json}. Whole numbers of up to {@value #MOST_DIGITS}
   * characters stay whole; others become the nearest double, as in any browser. Half a surrogate
   * pair becomes U+FFFD.
   *
   * @param json one value, proven to be JSON
   */
  static byte[] ofJson(String json) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(json.length());
    try (JsonParser in = JSON.createParser(json);
        JsonGenerator out = CBOR.createGenerator(bytes)) {
      while (in.nextToken() != null) {
        if (isFraction(in)) {
          out.writeNumber(Double.parseDouble(in.getText()));
        } else {
          out.copyCurrentEvent(in);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("this was no JSON", e);
    }
    return bytes.toByteArray();
  }

  private static boolean isFraction(JsonParser in) throws IOException {
    return in.currentToken() == JsonToken.VALUE_NUMBER_FLOAT
        || (in.currentToken() == JsonToken.VALUE_NUMBER_INT && in.getTextLength() > MOST_DIGITS);
  }
}
