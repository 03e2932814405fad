package dev.switchboard.launcher;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** Starts the house, part by part, and stops all of it when one part ends or a signal comes. */
final class Up {

  private final Layout layout;
  private final UpOptions options;
  private final PrintWriter out;
  private final Deque<Child> running = new ArrayDeque<>();
  private final AtomicBoolean stopping = new AtomicBoolean();

  Up(Layout layout, UpOptions options, PrintWriter out) {
    this.layout = layout;
    this.options = options;
    this.out = out;
  }

  /** Runs until something ends it; the exit status is 0 only if nothing failed. */
  int run() {
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(this::stopAll));
    try {
      Optional<String> failure = start();
      if (failure.isPresent()) {
        return fail(failure.get());
      }
      return watch();
    } catch (IOException e) {
      return fail(String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return fail("interrupted");
    }
  }

  private Optional<String> start() throws IOException, InterruptedException {
    Optional<String> taken = new PortCheck(options, CoturnPart.find().isPresent()).firstTaken();
    if (taken.isPresent()) {
      return taken;
    }
    RunFile.write(layout, options.port(), ProcessHandle.current());
    Optional<String> redisUrl =
        Optional.ofNullable(System.getenv("REDIS_URL")).filter(url -> !url.isBlank());
    int redisPort = redisUrl.isPresent() ? 0 : Addresses.freeTcpPort();
    String secret = Secrets.fresh();

    Optional<String> failure =
        report(
            "redis",
            redisUrl.isPresent()
                ? new Started.Without("REDIS_URL names one")
                : RedisPart.start(layout, options, redisPort));
    if (failure.isPresent()) {
      return failure;
    }
    failure = report("coturn", CoturnPart.start(layout, options, secret));
    if (failure.isPresent()) {
      return failure;
    }
    List<String> addresses = options.tls() ? Addresses.ofThisMachine() : List.of();
    ServiceSettings settings =
        new ServiceSettings(
            options,
            redisUrl.orElse("redis://127.0.0.1:" + redisPort),
            CoturnPart.find().isPresent() ? Optional.of(secret) : Optional.empty(),
            DevKeys.in(layout.keys()).publicKey(),
            addresses,
            options.tls()
                ? Optional.of(Certificate.forThisMachine(layout, addresses))
                : Optional.empty());
    failure = startServices(settings);
    if (failure.isEmpty()) {
      announce(addresses);
    }
    return failure;
  }

  /** All three at once, since each spends its start mostly waiting for the disk and itself. */
  private Optional<String> startServices(ServiceSettings settings)
      throws IOException, InterruptedException {
    List<ServicePart> services = new ArrayList<>();
    for (ServiceSettings.Service service : ServiceSettings.Service.values()) {
      for (int port : service.ports(options)) {
        ServicePart part =
            ServicePart.launch(
                layout, options, service.module(), port, settings.environment(service, port));
        services.add(part);
        remember(part.child());
      }
    }
    try (Probe probe = Probe.trusting(settings.certificate())) {
      for (ServicePart service : services) {
        Optional<String> failure = report(service.child().name(), service.await(options, probe));
        if (failure.isPresent()) {
          return failure;
        }
      }
    }
    return Optional.empty();
  }

  private Optional<String> report(String name, Started started) {
    return switch (started) {
      case Started.Running(Child child, String note) -> {
        remember(child);
        out.printf("  %-26s %s%n", name, note);
        yield Optional.empty();
      }
      case Started.Without(String note) -> {
        out.printf("  %-26s %s%n", name, note);
        yield Optional.empty();
      }
      case Started.Failed(String reason) -> Optional.of(reason);
    };
  }

  private void announce(List<String> addresses) {
    String root = options.scheme() + "://localhost:";
    out.println();
    out.println("ready " + root + options.port());
    out.println();
    out.printf("  %-26s %s%n", "the page", root + options.port());
    addresses.forEach(
        address -> out.printf("  %-26s https://%s:%d%n", "", address, options.port()));
    String scheme = options.tls() ? "wss" : "ws";
    options
        .signalingPorts()
        .forEach(port -> out.printf("  %-26s %s://localhost:%d/%n", "signaling", scheme, port));
    out.printf("  %-26s %s%d/presence%n", "who is online", root, options.presencePort());
    out.printf("  %-26s %s%d/ice-servers%n", "ICE servers", root, options.icePort());
    out.printf("  %-26s stun:127.0.0.1:%d%n", "STUN", options.stunPort());
    if (CoturnPart.find().isPresent()) {
      out.printf("  %-26s turn:127.0.0.1:%d%n", "TURN", options.turnPort());
    }
    out.printf(
        "  %-26s %s%n",
        "callers", options.closed() ? "need a token: ./switchboard token NAME" : "need no token");
    out.println();
    out.println("Ctrl-C stops all of it.");
  }

  /** Waits for the first part that ends by itself. */
  private int watch() throws InterruptedException {
    while (!stopping.get()) {
      for (Child child : children()) {
        if (child.ended(200) && !stopping.get()) {
          return fail(child.name() + " ended: " + child.lastWords());
        }
      }
    }
    return 0;
  }

  private int fail(String reason) {
    if (!stopping.get()) {
      out.println("switchboard: " + reason);
    }
    stopAll();
    return 1;
  }

  private void remember(Child child) {
    synchronized (running) {
      if (!running.contains(child)) {
        running.push(child);
      }
    }
    try {
      RunFile.write(layout, options.port(), child.handle());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<Child> children() {
    synchronized (running) {
      return List.copyOf(running);
    }
  }

  /** Last in, first out; once, whoever asks for it. */
  private synchronized void stopAll() {
    stopping.set(true);
    List<Child> all = children();
    all.stream().filter(Child::isAlive).forEach(child -> child.handle().destroy());
    all.forEach(Child::stop);
    try {
      Files.deleteIfExists(RunFile.of(layout, options.port()));
    } catch (IOException e) {
      out.println("switchboard: " + e.getMessage());
    }
  }
}
