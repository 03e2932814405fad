package dev.switchboard.client.history;

import dev.switchboard.client.Target;
import dev.switchboard.client.history.Finding.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What came: once, in order, unaltered, and to whom it was meant for. */
final class Arrivals {

  private final Map<String, Message> messages = new HashMap<>();
  private final Map<String, Set<String>> sessionsOf = new HashMap<>();
  private final List<Life> lives;
  private final List<Finding> findings = new ArrayList<>();

  Arrivals(List<Message> messages, List<Life> lives) {
    messages.forEach(message -> this.messages.put(message.stamp(), message));
    this.lives = lives;
    for (Life life : lives) {
      sessionsOf.computeIfAbsent(life.history().peer(), _ -> new HashSet<>()).add(life.session());
    }
  }

  List<Finding> findings() {
    lives.forEach(this::check);
    return findings;
  }

  private void check(Life receiver) {
    Map<String, Entry.Received> firsts = new HashMap<>();
    Map<String, Latest> latest = new HashMap<>();
    for (Entry.Received received : receiver.all(Entry.Received.class)) {
      Message message = Stamp.of(received.data()).map(messages::get).orElse(null);
      if (message == null) {
        report(Kind.ALTERED, "nobody sent what came to " + name(receiver), received);
        continue;
      }
      checkContent(message, received);
      checkReceiver(message, receiver, received);
      if (message.outcome() == Entry.Outcome.REFUSED) {
        report(Kind.FALSELY_REFUSED, message.stamp() + " came", message.sent(), received);
      }
      Entry.@Nullable Received first = firsts.putIfAbsent(message.stamp(), received);
      if (first != null) {
        report(Kind.TWICE, message.stamp() + " at " + name(receiver), first, received);
      } else {
        checkOrder(message, received, latest);
      }
    }
  }

  private void checkContent(Message message, Entry.Received received) {
    History sender = message.sender();
    if (!message.sent().data().equals(received.data())) {
      report(Kind.ALTERED, message.stamp() + " has other data", message.sent(), received);
    } else if (!sender.peer().equals(received.from())
        || !sessionsOf.getOrDefault(sender.peer(), Set.of()).contains(received.session())) {
      report(Kind.ALTERED, message.stamp() + " has another sender", message.sent(), received);
    }
  }

  private void checkReceiver(Message message, Life receiver, Entry.Received received) {
    boolean isRight =
        switch (message.sent().target()) {
          case Target.Peer(String name) -> receiver.history().peer().equals(name);
          case Target.Session(String session) -> receiver.session().equals(session);
          case Target.Room(String room) ->
              received.room().filter(room::equals).isPresent()
                  && !receiver.history().equals(message.sender())
                  && mayHaveBeenIn(room, receiver, message.sent().at(), received.at());
        };
    if (!isRight) {
      report(
          Kind.WRONG_RECEIVER,
          message.stamp() + " came to " + name(receiver),
          message.sent(),
          received);
    }
  }

  /** It asked to be in it before it got this, and had not left before this was sent. */
  private static boolean mayHaveBeenIn(String room, Life receiver, long sent, long got) {
    List<Entry.Joining> asked =
        receiver.history().all(Entry.Joining.class).stream()
            .filter(joining -> joining.room().equals(room) && joining.at() < got)
            .toList();
    return !asked.isEmpty()
        && receiver.history().all(Entry.Left.class).stream()
            .filter(left -> left.room().equals(room) && left.at() < sent)
            .allMatch(left -> asked.getLast().at() >= left.asked());
  }

  private void checkOrder(Message message, Entry.Received received, Map<String, Latest> latest) {
    @Nullable Latest before = latest.get(received.session());
    if (before != null && message.id() < before.message.id() && message.id() != 0) {
      report(
          Kind.OUT_OF_ORDER,
          message.stamp() + " came after " + before.message.stamp(),
          before.received,
          received);
    } else {
      latest.put(received.session(), new Latest(message, received));
    }
  }

  private void report(Kind kind, String says, Entry... evidence) {
    findings.add(Finding.of(kind, says, evidence));
  }

  private static String name(Life life) {
    return life.history().peer() + "'s session " + life.session();
  }

  /** What came last from one session. */
  private record Latest(Message message, Entry.Received received) {}
}
