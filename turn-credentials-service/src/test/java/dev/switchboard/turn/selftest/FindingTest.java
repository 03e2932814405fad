package dev.switchboard.turn.selftest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.turn.stun.Sighting;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FindingTest {

  @ParameterizedTest
  @CsvSource({
    "10.1.2.3, 10.1.2.3, PRESERVED",
    "203.0.113.9, 203.0.113.9, PRESERVED",
    "2001:db8::1, 2001:db8::1, PRESERVED",
    "10.1.2.3, 203.0.113.9, TRANSLATED",
    "fd00::1, 2001:db8::1, TRANSLATED",
    "10.1.2.3, 100.128.0.1, TRANSLATED",
    "10.1.2.3, 10.1.2.4, TRANSLATED_TO_PRIVATE",
    "203.0.113.9, 172.16.0.1, TRANSLATED_TO_PRIVATE",
    "203.0.113.9, 192.168.0.1, TRANSLATED_TO_PRIVATE",
    "203.0.113.9, 100.64.0.1, TRANSLATED_TO_PRIVATE",
    "203.0.113.9, 100.127.255.254, TRANSLATED_TO_PRIVATE",
    "203.0.113.9, 127.0.0.1, TRANSLATED_TO_PRIVATE",
    "203.0.113.9, 169.254.0.1, TRANSLATED_TO_PRIVATE",
    "2001:db8::1, fd00::1, TRANSLATED_TO_PRIVATE",
    "2001:db8::1, fe80::1, TRANSLATED_TO_PRIVATE",
    "2001:db8::1, ::1, TRANSLATED_TO_PRIVATE",
  })
  void anAddressIsKeptOrTranslated(String sentFrom, String seen, Finding finding) {
    assertThat(Finding.of(new Sighting.Seen(at(sentFrom), at(seen), Duration.ofMillis(1))))
        .isEqualTo(finding);
  }

  @ParameterizedTest
  @EnumSource(Sighting.Unseen.class)
  void aReasonStaysThatReason(Sighting.Unseen unseen) {
    assertThat(Finding.of(unseen).name()).isEqualTo(unseen.name());
  }

  private static InetSocketAddress at(String literal) {
    return new InetSocketAddress(InetAddress.ofLiteral(literal), 1024);
  }
}
