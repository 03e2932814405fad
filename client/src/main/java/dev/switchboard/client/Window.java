package dev.switchboard.client;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** The commands that are not answered, in the order of their ids. */
final class Window {

  /** A command, what the client does with its answer, and who waits for that. */
  record Pending(long id, String frame, Consumer<Answer> done, CompletableFuture<Answer> answer) {

    void settle(Answer outcome) {
      done.accept(outcome);
      answer.complete(outcome);
    }
  }

  private final int most;
  private final Map<Long, Pending> pending = new LinkedHashMap<>();

  Window(int most) {
    this.most = most;
  }

  boolean isFull() {
    return pending.size() >= most;
  }

  void add(Pending command) {
    pending.put(command.id(), command);
  }

  Optional<Pending> take(long id) {
    return Optional.ofNullable(pending.remove(id));
  }

  List<Pending> unanswered() {
    return List.copyOf(pending.values());
  }

  /** Takes all of them: their session is gone. */
  List<Pending> forget() {
    List<Pending> forgotten = unanswered();
    pending.clear();
    return forgotten;
  }
}
