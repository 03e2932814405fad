package dev.switchboard.signaling.dialect.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.signaling.protocol.Payload;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ElementsTest {

  @Test
  void theElementsStandWhereTheyStood() {
    assertThat(elements("[ 1 , \"a,]\\\"\" ,[2,[3]], {\"b\":[]},null]"))
        .contains(List.of("1", "\"a,]\\\"\"", "[2,[3]]", "{\"b\":[]}", "null"));
  }

  @Test
  void anEmptyArrayHasNone() {
    assertThat(elements("[ ]")).contains(List.of());
  }

  @Test
  void whatIsNoArrayHasNoElements() {
    assertThat(elements("{\"0\":1}")).isEmpty();
    assertThat(elements("\"[]\"")).isEmpty();
  }

  @Test
  void elementsAreBounded() {
    assertThat(elements("[1,2,3,4,5,6]")).isPresent();
    assertThat(elements("[1,2,3,4,5,6,7]")).isEmpty();
  }

  @Test
  void aStringIsUnescapedAndNothingElseIsAString() {
    assertThat(Elements.text(Payload.of("\"a\\u0062\\n\""))).contains("ab\n");
    assertThat(Elements.text(Payload.of("5"))).isEmpty();
  }

  private static Optional<List<String>> elements(String array) {
    Envelope envelope = (Envelope) Envelope.scan("{\"args\":" + array + "}");
    return envelope
        .elements("args", 6)
        .map(payloads ->
            payloads.stream().map(p -> p.frame().substring(p.start(), p.end())).toList());
  }
}
