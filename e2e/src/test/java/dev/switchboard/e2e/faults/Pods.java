package dev.switchboard.e2e.faults;

import dev.switchboard.client.history.Bounds;
import dev.switchboard.testing.RealRedis;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Several pods over one Redis that keeps its data. Each has a wire to it of its own. */
final class Pods implements AutoCloseable {

  /** Shorter than the default, so that a test can wait for its end. */
  private static final Duration WINDOW = Duration.ofSeconds(15);

  private final RealRedis redis = RealRedis.startDurable();
  private final List<Pod> pods = new ArrayList<>();

  /** Starts so many and waits until each lets clients in. */
  static Pods start(int many) {
    Pods pods = new Pods();
    for (int i = 0; i < many; i++) {
      pods.begin(Map.of());
    }
    pods.pods.forEach(Pod::awaitReady);
    return pods;
  }

  /** Starts another one with this environment. */
  Pod add(Map<String, String> environment) {
    return begin(environment).awaitReady();
  }

  private Pod begin(Map<String, String> environment) {
    Map<String, String> settings = new HashMap<>();
    settings.put("switchboard.auth.mode", "open");
    settings.put("switchboard.state", "redis");
    settings.put("switchboard.session.resume-within", WINDOW.toSeconds() + "s");
    settings.put("switchboard.drain.within", "2s");
    // So that clients see soon that a pod hangs.
    settings.put("quarkus.websockets-next.server.auto-ping-interval", "1s");
    Pod pod = Pod.start("signaling-service", Wire.to(redis.port()), settings, environment);
    pods.add(pod);
    return pod;
  }

  /** What these pods were told to keep. */
  static Bounds bounds() {
    return Bounds.defaults().withWindow(WINDOW);
  }

  RealRedis redis() {
    return redis;
  }

  Pod get(int index) {
    return pods.get(index);
  }

  int size() {
    return pods.size();
  }

  List<URI> sockets() {
    return pods.stream().map(Pod::socket).toList();
  }

  /** Ends one for good. */
  void remove(Pod pod) {
    pods.remove(pod);
    close(pod);
  }

  private static void close(Pod pod) {
    try {
      pod.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    pods.forEach(Pods::close);
    redis.close();
  }
}
