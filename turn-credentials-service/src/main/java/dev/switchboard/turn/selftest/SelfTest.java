package dev.switchboard.turn.selftest;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Asks the configured urls, as a client, which address they see: over UDP and TCP, at each address
 * that the host has. Nothing that a request says has a part in it, and it runs once at a time.
 */
@ApplicationScoped
class SelfTest {

  private static final int MOST_URLS = 8;
  private static final int MOST_ADDRESSES = 4;
  private static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(1);

  private final SelfTestConfig config;
  private final List<StunUrl> urls;
  private final InstantSource clock;
  private final ReentrantLock running = new ReentrantLock();
  private volatile @Nullable Result last;

  SelfTest(SelfTestConfig config, InstantSource clock) {
    this.config = config;
    this.urls = config.urls().orElse(List.of()).stream().map(StunUrl::of).toList();
    this.clock = clock;
  }

  void refuseToStartSenseless(@Observes StartupEvent event) {
    if (config.operators().isPresent() == urls.isEmpty()) {
      throw new ConfigurationException(
          "switchboard.stun.self-test.operators and .urls are set together or not at all");
    }
    if (urls.size() > MOST_URLS
        || !config.timeout().isPositive()
        || config.timeout().compareTo(LONGEST_TIMEOUT) > 0) {
      throw new ConfigurationException(
          "switchboard.stun.self-test takes up to %d urls and a timeout of up to %d s"
              .formatted(MOST_URLS, LONGEST_TIMEOUT.toSeconds()));
    }
  }

  /**
   * Runs it, or tells the last result while that stands. Blocks for the timeout at most, and for as
   * long as the names take to resolve.
   *
   * @return empty while another caller has it run
   */
  Optional<SelfTestReport> run() {
    Optional<SelfTestReport> standing = standing();
    if (standing.isPresent() || !running.tryLock()) {
      return standing;
    }
    try {
      SelfTestReport report = ask();
      last = new Result(report, System.nanoTime());
      return Optional.of(report);
    } finally {
      running.unlock();
    }
  }

  private Optional<SelfTestReport> standing() {
    Result result = last;
    return result != null && System.nanoTime() - result.ended() < config.keep().toNanos()
        ? Optional.of(result.report())
        : Optional.empty();
  }

  private SelfTestReport ask() {
    Instant at = clock.instant();
    List<Future<Check>> asked = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (StunUrl url : urls) {
        List<InetSocketAddress> servers = resolve(url);
        for (Transport transport : Transport.values()) {
          if (servers.isEmpty()) {
            asked.add(threads.submit(() -> Check.unresolved(url, transport)));
          }
          for (InetSocketAddress server : servers) {
            asked.add(
                threads.submit(() ->
                    Check.of(url, transport, server, transport.ask(server, config.timeout()))));
          }
        }
      }
    }
    return new SelfTestReport(at, asked.stream().map(SelfTest::result).toList());
  }

  private static Check result(Future<Check> ended) {
    try {
      return ended.get();
    } catch (ExecutionException | InterruptedException e) {
      throw new IllegalStateException("a check is a value, whatever becomes of it", e);
    }
  }

  private static List<InetSocketAddress> resolve(StunUrl url) {
    try {
      return Arrays.stream(InetAddress.getAllByName(url.host()))
          .limit(MOST_ADDRESSES)
          .map(address -> new InetSocketAddress(address, url.port()))
          .toList();
    } catch (UnknownHostException e) {
      return List.of();
    }
  }

  /** What was found, and when by {@link System#nanoTime()}. */
  private record Result(SelfTestReport report, long ended) {}
}
