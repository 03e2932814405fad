package dev.switchboard.bus;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.ObservesAsync;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Remembers what the tests' channels bring. */
@ApplicationScoped
public class Ears {

  private final Queue<String> heard = new ConcurrentLinkedQueue<>();
  private final Queue<Gap> gaps = new ConcurrentLinkedQueue<>();
  private final Queue<Runnable> slow = new ConcurrentLinkedQueue<>();

  @Incoming("test-in")
  void hear(Buffer message) {
    heard.add(message.toString());
  }

  /** Takes a message, and the next one only after the test has released this one. */
  @Incoming("slow")
  Uni<Void> hearSlowly(Buffer message) {
    return Uni.createFrom().emitter(emitter -> slow.add(() -> emitter.complete(null)));
  }

  void fillIn(@ObservesAsync Gap gap) {
    gaps.add(gap);
  }

  Queue<String> heard() {
    return heard;
  }

  Queue<Gap> gaps() {
    return gaps;
  }

  Queue<Runnable> slow() {
    return slow;
  }
}
