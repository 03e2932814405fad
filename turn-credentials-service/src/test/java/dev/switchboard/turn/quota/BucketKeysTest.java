package dev.switchboard.turn.quota;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.identity.Realm;
import org.junit.jupiter.api.Test;

class BucketKeysTest {

  @Test
  void aSubscriberOfIpv6HasOneBucket() {
    assertThat(BucketKeys.ofAddress("2001:db8:1:2::1"))
        .isEqualTo(BucketKeys.ofAddress("2001:db8:1:2:ffff::9"))
        .isNotEqualTo(BucketKeys.ofAddress("2001:db8:1:3::1"));
    assertThat(BucketKeys.ofAddress("192.0.2.1")).isNotEqualTo(BucketKeys.ofAddress("192.0.2.2"));
  }

  @Test
  void anAddressMayBeAnyWord() {
    assertThat(BucketKeys.ofAddress("_hidden")).isNotEqualTo(BucketKeys.ofAddress("unknown"));
  }

  @Test
  void aKeyIsShortAndTellsNoName() {
    String key = BucketKeys.of(new Account.Peer(new Realm("acme"), "ada".repeat(10_000)));

    assertThat(key).startsWith("switchboard:{acme}:quota:caller:").hasSizeLessThan(80);
    assertThat(key).doesNotContain("ada");
    assertThat(BucketKeys.ofAddress("192.0.2.1")).doesNotContain("192");
  }
}
