package dev.switchboard.turn.stun;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SourceLimitTest {

  private static final long SECOND = 1_000_000_000L;
  private static final InetAddress ADA = InetAddress.ofLiteral("192.0.2.1");

  @Test
  void aSourceHasItsBurstAndThenItsRate() {
    SourceLimit limit = SourceLimit.of(10, 5, 1);

    assertThat(admitted(limit, ADA, 0, 100)).isEqualTo(5);
    assertThat(admitted(limit, ADA, SECOND / 10 - 1, 100)).isZero();
    assertThat(admitted(limit, ADA, SECOND / 10, 100)).isEqualTo(1);
    assertThat(admitted(limit, ADA, SECOND / 2, 100)).isEqualTo(4);
    assertThat(admitted(limit, ADA, 3600 * SECOND, 100)).as("no more than a burst").isEqualTo(5);
  }

  @Test
  void overTheYearsItNeitherOverflowsNorForgets() {
    SourceLimit limit = SourceLimit.of(1, Integer.MAX_VALUE, 1);
    long aHundredYears = 36_500L * 24 * 3600 * SECOND;

    assertThat(admitted(limit, ADA, aHundredYears, 1000)).isEqualTo(1000);
  }

  @Test
  void oneSourceDoesNotPayForAnother() {
    SourceLimit limit = SourceLimit.of(1, 1, 1);

    assertThat(admitted(limit, ADA, 0, 2)).isEqualTo(1);
    assertThat(admitted(limit, InetAddress.ofLiteral("192.0.2.2"), 0, 2)).isEqualTo(1);
  }

  @Test
  void anIpv6SourceIsItsSlash64() {
    SourceLimit limit = SourceLimit.of(1, 1, 1);

    assertThat(admitted(limit, InetAddress.ofLiteral("2001:db8:0:1::1"), 0, 2)).isEqualTo(1);
    assertThat(admitted(limit, InetAddress.ofLiteral("2001:db8:0:1:ffff::2"), 0, 2)).isZero();
    assertThat(admitted(limit, InetAddress.ofLiteral("2001:db8:0:2::1"), 0, 2)).isEqualTo(1);
  }

  @Test
  void sourcesSpreadOverThePlaces() throws UnknownHostException {
    SourceLimit limit = SourceLimit.of(1, 1, 42);
    int admitted = 0;
    for (int i = 0; i < SourceLimit.PLACES; i++) {
      admitted += admitted(limit, ipv4(0x0A000000 + i), 0, 1);
    }

    // As many balls as bins leave 1/e of the bins empty, whatever the order of the addresses.
    assertThat(admitted / (double) SourceLimit.PLACES).isBetween(0.62, 0.645);
  }

  @Test
  void whoMeetsWhomDependsOnTheSalt() throws UnknownHostException {
    assertThat(firstMeeting(1)).isNotEqualTo(firstMeeting(2));
  }

  @Test
  void severalThreadsTakeNoTokenTwice() {
    SourceLimit limit = SourceLimit.of(1, 10_000, 1);

    int admitted = IntStream.range(0, 8).parallel().map(i -> admitted(limit, ADA, 0, 5000)).sum();

    assertThat(admitted).isEqualTo(10_000);
  }

  @Test
  void tenMillionForgedSourcesLeaveNothingBehind() throws UnknownHostException {
    SourceLimit limit = SourceLimit.of(200, 1000, 7);
    SplittableRandom random = new SplittableRandom(6);
    byte[] forged = new byte[4];
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    admitted(limit, ADA, 0, 100_000);
    long admitted = 0;
    long liveBefore = liveBytes();

    for (int i = 0; i < 10_000_000; i++) {
      int address = random.nextInt();
      forged[0] = (byte) (address >>> 24);
      forged[1] = (byte) (address >>> 16);
      forged[2] = (byte) (address >>> 8);
      forged[3] = (byte) address;
      admitted += limit.admits(InetAddress.getByAddress(forged), i * 100L) ? 1 : 0;
    }

    assertThat(admitted).as("spread as thin as that, they are all admitted").isEqualTo(10_000_000);
    assertThat(liveBytes() - liveBefore).isLessThan(1 << 20);
    InetAddress last = InetAddress.getByAddress(forged);
    long allocatedBefore = threads.getCurrentThreadAllocatedBytes();
    admitted(limit, last, 0, 1_000_000);
    assertThat(threads.getCurrentThreadAllocatedBytes() - allocatedBefore)
        .as("at most the copy of four bytes that InetAddress hands out, on no account an entry")
        .isLessThanOrEqualTo(24_100_000);
  }

  private static long liveBytes() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  /** The first of 10.0.0.0/8 that is refused, for one before it has its place: a salt's mark. */
  private static int firstMeeting(long salt) throws UnknownHostException {
    SourceLimit limit = SourceLimit.of(1, 1, salt);
    int address = 0x0A000000;
    while (limit.admits(ipv4(address), 0)) {
      address++;
    }
    return address;
  }

  private static int admitted(SourceLimit limit, InetAddress source, long nanos, int asked) {
    int admitted = 0;
    for (int i = 0; i < asked; i++) {
      admitted += limit.admits(source, nanos) ? 1 : 0;
    }
    return admitted;
  }

  private static InetAddress ipv4(int address) throws UnknownHostException {
    return InetAddress.getByAddress(
        new byte[] {
          (byte) (address >>> 24), (byte) (address >>> 16), (byte) (address >>> 8), (byte) address
        });
  }
}
