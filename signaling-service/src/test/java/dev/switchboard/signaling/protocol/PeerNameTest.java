package dev.switchboard.signaling.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeerNameTest {

  @ParameterizedTest
  @ValueSource(strings = {"a", "Ada Lovelace", "Ада", "😀", "{x}*?", "a\u00A0b", "12"})
  void aNameIsWhatPeopleAreCalled(String name) {
    assertThat(PeerName.isValid(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        " a",
        "a ",
        "a\u0000b",
        "a\nb",
        "a\u0085b",
        "\ud83d",
        "a\ude00b",
        "a\u2028"
      })
  void nothingInvisibleOrBrokenIsAName(String name) {
    assertThat(PeerName.isValid(name)).isFalse();
  }

  @Test
  void aNameHasAtMost128Characters() {
    assertThat(PeerName.isValid("a".repeat(128))).isTrue();
    assertThat(PeerName.isValid("a".repeat(129))).isFalse();
    assertThat(PeerName.isValid("a".repeat(300))).isFalse();
  }
}
