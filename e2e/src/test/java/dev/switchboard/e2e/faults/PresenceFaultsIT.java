package dev.switchboard.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.switchboard.client.Client;
import dev.switchboard.client.Event;
import dev.switchboard.client.Loop;
import dev.switchboard.client.Options;
import dev.switchboard.e2e.faults.Watcher.Seen;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Two presence pods over three signaling pods, while each of them fails: who comes and goes is told
 * once each at every watcher, and who stays is not told of at all.
 */
@SuppressWarnings("NullAway.Init") // set before the first test
class PresenceFaultsIT {

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int STAYING = 9;
  private static final List<String> TABLE = new ArrayList<>();

  private static Pods signaling;
  private static List<Pod> presence;
  private static Loop loop;
  private static List<Client> staying;

  @BeforeAll
  static void start() {
    signaling = Pods.start(3);
    presence = IntStream.range(0, 2).mapToObj(i -> presencePod()).toList();
    presence.forEach(Pod::awaitReady);
    loop = Loop.start("presence");
    AtomicInteger welcome = new AtomicInteger();
    staying = IntStream.range(0, STAYING).mapToObj(i -> stay("stays-" + i, i, welcome)).toList();
    await().atMost(PATIENCE).until(() -> welcome.get() == STAYING);
  }

  private static Pod presencePod() {
    return Pod.start(
        "presence-service",
        Wire.to(signaling.redis().port()),
        Map.of("switchboard.auth.mode", "open", "switchboard.watch.heartbeat", "5s"),
        Map.of());
  }

  private static Client stay(String name, int first, AtomicInteger welcome) {
    List<URI> order = new ArrayList<>(signaling.sockets());
    Collections.rotate(order, first);
    Options options =
        Options.of(name, order.toArray(URI[]::new))
            .withBackoff(Duration.ofMillis(100), Duration.ofSeconds(1));
    return Client.connect(
        loop,
        options,
        event -> {
          if (event instanceof Event.Welcomed) {
            welcome.incrementAndGet();
          }
        });
  }

  @AfterAll
  static void stop() throws IOException {
    staying.forEach(Client::close);
    for (Pod pod : presence) {
      pod.close();
    }
    signaling.close();
    loop.close();
    Files.write(Path.of("target", "presence-faults.md"), TABLE);
  }

  @Test
  void aSignalingPodIsKilled() {
    judge(
        "a signaling pod is killed",
        pods -> {
          pods.get(0).kill();
          pods.get(0).restart();
        });
  }

  @Test
  void allSignalingPodsAreRolled() {
    judge(
        "all signaling pods are rolled",
        pods -> {
          for (int i = 0; i < pods.size(); i++) {
            pods.get(i).terminate();
            pods.get(i).restart();
          }
        });
  }

  @Test
  void aPresencePodIsKilled() {
    judge(
        "a presence pod is killed",
        _ -> {
          presence.get(0).kill();
          presence.get(0).restart();
        });
  }

  @Test
  void allPresencePodsAreRolled() {
    judge(
        "all presence pods are rolled",
        _ ->
            presence.forEach(pod -> {
              pod.terminate();
              pod.restart();
            }));
  }

  @Test
  void allPresencePodsAreDownAtOnce() {
    judge(
        "all presence pods are down at once",
        _ -> {
          presence.forEach(Pod::kill);
          presence.forEach(Pod::restart);
        });
  }

  @Test
  void redisIsKilledAndComesBackWithItsData() {
    judge(
        "Redis is killed and comes back",
        pods -> {
          pods.redis().kill();
          pods.redis().resume();
        });
  }

  @Test
  void aPresencePodLosesRedis() {
    judge(
        "a presence pod loses Redis for 3 s",
        _ -> {
          presence.get(0).wire().cut();
          pause(Duration.ofSeconds(3));
          presence.get(0).wire().mend();
        });
  }

  @Test
  void aPresencePodHangs() {
    judge(
        "a presence pod hangs for 3 s",
        _ -> {
          presence.get(0).freeze();
          pause(Duration.ofSeconds(3));
          presence.get(0).thaw();
        });
  }

  private static void judge(String fault, Consumer<Pods> happens) {
    List<URI> events = presence.stream().map(pod -> pod.at("/presence/events")).toList();
    try (Watcher one = Watcher.at(events);
        Watcher two = Watcher.at(events.reversed())) {
      List<Watcher> watchers = List.of(one, two);
      await().atMost(PATIENCE).until(() -> watchers.stream().allMatch(it -> it.snapshots() == 1));
      judge(fault, happens, watchers);
    }
  }

  private static void judge(String fault, Consumer<Pods> happens, List<Watcher> watchers) {
    try (Passers passers = Passers.over(loop, signaling.sockets(), Duration.ofMillis(50))) {
      pause(Duration.ofSeconds(1));
      happens.accept(signaling);
      pause(Duration.ofSeconds(1));
      List<String> passed = passers.stop();

      for (Watcher watcher : watchers) {
        await(fault)
            .atMost(PATIENCE)
            .untilAsserted(() -> assertThat(stillHere(passed, passers, watcher)).isEmpty());
        assertThat(watcher.snapshots()).as("nothing was forgotten").isEqualTo(1);
        for (String name : passed) {
          assertThat(enteredAndLeft(watcher.of(name))).as(name).containsExactly("enter", "leave");
        }
        assertThat(watcher.events())
            .as("who stays")
            .extracting(Seen::peer)
            .noneMatch(peer -> peer.startsWith("stays"));
        Set<String> ids = new HashSet<>();
        assertThat(watcher.events()).allMatch(event -> ids.add(event.id()));
      }
      assertThat(told(watchers.getFirst())).isEqualTo(told(watchers.getLast()));
      // A session whose client gave up before it was welcomed is gone a little later.
      await(fault)
          .atMost(PATIENCE)
          .untilAsserted(
              () -> presence.forEach(PresenceFaultsIT::assertThatOnlyThoseWhoStayAreHere));
      TABLE.add(row(fault, passed, passers, watchers));
    }
  }

  private static List<String> stillHere(List<String> passed, Passers passers, Watcher watcher) {
    return passed.stream()
        .filter(name -> !watcher.of(name).contains("leave"))
        .map(name -> name + " " + watcher.of(name) + " " + passers.lived(name))
        .toList();
  }

  /** One whose pod died before it was welcomed begins again, and has two sessions for a while. */
  private static List<String> enteredAndLeft(List<String> told) {
    return told.stream().filter(word -> !word.equals("update")).toList();
  }

  private static List<String> told(Watcher watcher) {
    return watcher.events().stream().map(Seen::data).sorted().toList();
  }

  private static void assertThatOnlyThoseWhoStayAreHere(Pod pod) {
    try (HttpClient http = HttpClient.newHttpClient()) {
      String list =
          http.send(
                  HttpRequest.newBuilder(pod.at("/presence")).build(),
                  HttpResponse.BodyHandlers.ofString())
              .body();
      assertThat(list).contains("\"count\":" + STAYING);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String row(
      String fault, List<String> passed, Passers passers, List<Watcher> watchers) {
    List<Long> lags = new ArrayList<>();
    for (Watcher watcher : watchers) {
      watcher.events().stream()
          .filter(event -> event.type().equals("leave") && passers.wentAt(event.peer()) > 0)
          .forEach(event -> lags.add((event.at() - passers.wentAt(event.peer())) / 1_000_000));
    }
    Collections.sort(lags);
    return String.format(
        Locale.ROOT,
        "| %s | %d | %d | %d | %d ms | %.1f s |",
        fault,
        passed.size(),
        watchers.stream().mapToInt(it -> it.events().size()).sum(),
        watchers.stream().mapToInt(Watcher::streams).sum(),
        lags.get(lags.size() / 2),
        lags.getLast() / 1000.0);
  }

  private static void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
