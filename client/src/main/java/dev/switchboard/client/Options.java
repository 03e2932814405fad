package dev.switchboard.client;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How a client connects.
 *
 * @param endpoints where {@code /v1/signal} is served, at least one; each attempt takes the next
 * @param name whom it says it is; may be left out where a token says so
 * @param token asked for anew with each hello
 * @param meta what it says of itself, as a JSON object
 * @param window the most commands that may be unanswered; more are refused with {@link
 *     Answer#WINDOW}. The service remembers what became of the last 128, so more might not be known
 *     to it after a return
 * @param ackEvery after so many numbered frames it says that it has them
 * @param ackWithin and after so long at the latest
 * @param openWithin how long it may take from the first packet to {@code welcome}
 * @param backoffFloor the first wait before it comes back
 * @param backoffCeiling the longest
 */
public record Options(
    List<URI> endpoints,
    Optional<String> name,
    Optional<Supplier<String>> token,
    Optional<String> meta,
    int window,
    int ackEvery,
    Duration ackWithin,
    Duration openWithin,
    Duration backoffFloor,
    Duration backoffCeiling) {

  public Options {
    if (endpoints.isEmpty()) {
      throw new IllegalArgumentException("an endpoint is needed");
    }
    endpoints = List.copyOf(endpoints);
  }

  /** Options for a peer of this name, with defaults that suit a test. */
  public static Options of(String name, URI... endpoints) {
    return new Options(
        List.of(endpoints),
        Optional.of(name),
        Optional.empty(),
        Optional.empty(),
        128,
        32,
        Duration.ofMillis(200),
        Duration.ofSeconds(5),
        Duration.ofMillis(100),
        Duration.ofSeconds(5));
  }

  /** The same with another token, which is asked for each time that one is needed. */
  public Options withToken(Supplier<String> supplier) {
    return new Options(
        endpoints,
        name,
        Optional.of(supplier),
        meta,
        window,
        ackEvery,
        ackWithin,
        openWithin,
        backoffFloor,
        backoffCeiling);
  }

  public Options withMeta(String json) {
    return new Options(
        endpoints,
        name,
        token,
        Optional.of(json),
        window,
        ackEvery,
        ackWithin,
        openWithin,
        backoffFloor,
        backoffCeiling);
  }

  public Options withWindow(int commands) {
    return new Options(
        endpoints,
        name,
        token,
        meta,
        commands,
        ackEvery,
        ackWithin,
        openWithin,
        backoffFloor,
        backoffCeiling);
  }

  public Options withAcks(int every, Duration within) {
    return new Options(
        endpoints,
        name,
        token,
        meta,
        window,
        every,
        within,
        openWithin,
        backoffFloor,
        backoffCeiling);
  }

  public Options withOpenWithin(Duration within) {
    return new Options(
        endpoints,
        name,
        token,
        meta,
        window,
        ackEvery,
        ackWithin,
        within,
        backoffFloor,
        backoffCeiling);
  }

  public Options withBackoff(Duration floor, Duration ceiling) {
    return new Options(
        endpoints, name, token, meta, window, ackEvery, ackWithin, openWithin, floor, ceiling);
  }
}
