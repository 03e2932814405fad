package dev.switchboard.turn.ice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.identity.Realm;
import dev.switchboard.turn.credential.Holder;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RevocationsTest {

  private static final Duration A_DAY = Duration.ofDays(1);

  private final AtomicLong now = new AtomicLong();
  private final Revocations revocations = new Revocations(A_DAY, now::get);

  @Test
  void aRevocationIsOfOnePeerOfOneRealm() {
    assertThat(revocations.revoke(peer("acme", "ada"))).isTrue();

    assertThat(revocations.isRevoked(peer("acme", "ada"))).isTrue();
    assertThat(revocations.isRevoked(peer("acme", "bob"))).isFalse();
    assertThat(revocations.isRevoked(peer("other", "ada"))).isFalse();
  }

  @Test
  void itIsKeptForTheLongestLifeThereIs() {
    revocations.revoke(peer("acme", "ada"));

    now.addAndGet(A_DAY.toNanos() - 1);
    assertThat(revocations.isRevoked(peer("acme", "ada"))).isTrue();
    now.addAndGet(1);
    assertThat(revocations.isRevoked(peer("acme", "ada"))).isFalse();
  }

  @Test
  void aFullStoreForgetsNobodyAndTakesNobodyUntilSomeEnd() {
    for (int i = 0; i < Revocations.MOST; i++) {
      assertThat(revocations.revoke(peer("acme", "peer-" + i))).isTrue();
    }

    assertThat(revocations.revoke(peer("acme", "one-more"))).isFalse();
    assertThat(revocations.revoke(peer("acme", "peer-0"))).isTrue();
    assertThat(revocations.isRevoked(peer("acme", "peer-1"))).isTrue();
    now.addAndGet(A_DAY.toNanos() + 1);
    assertThat(revocations.revoke(peer("acme", "one-more"))).isTrue();
  }

  private static Holder peer(String realm, String name) {
    return new Holder(new Realm(realm), name);
  }
}
