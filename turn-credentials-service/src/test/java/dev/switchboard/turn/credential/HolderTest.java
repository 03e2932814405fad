package dev.switchboard.turn.credential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.identity.Realm;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HolderTest {

  private static final Realm ACME = new Realm("acme");

  @ParameterizedTest
  @ValueSource(strings = {"ada", "a:b/c", "a%2Fb", "a b", "a+b", "ü😀", "\n"})
  void everyUserNameTellsItsHolder(String peer) {
    assertThat(Holder.of(Username.of(1_800_000_000, "acme", peer)))
        .contains(new Holder(ACME, peer));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "ada", "1:acme", "1:acme/", "x:acme/ada", "1:acme/a/b", "1:a%2Fb/c", "1:a/%x"})
  void whatIsNoUserNameOfOursHasNone(String username) {
    assertThat(Holder.of(username)).isEmpty();
  }
}
