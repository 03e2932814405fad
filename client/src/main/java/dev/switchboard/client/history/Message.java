package dev.switchboard.client.history;

import dev.switchboard.client.Target;
import dev.switchboard.client.history.Entry.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Something that was sent, and what became of it.
 *
 * @param answered when that was known; the end of time if it never was
 * @param undelivered what its sender was ever told that did not arrive
 */
record Message(
    History sender,
    Entry.Sent sent,
    long id,
    Outcome outcome,
    long answered,
    List<Entry.Undelivered> undelivered) {

  static List<Message> of(History sender) {
    Map<String, Entry.Answered> answers = new HashMap<>();
    sender.all(Entry.Answered.class).forEach(answer -> answers.put(answer.stamp(), answer));
    List<Entry.Undelivered> undelivered = sender.all(Entry.Undelivered.class);
    List<Message> messages = new ArrayList<>();
    for (Entry.Sent sent : sender.all(Entry.Sent.class)) {
      Entry.Answered answer = answers.get(sent.stamp());
      messages.add(
          answer == null
              ? new Message(sender, sent, 0, Outcome.UNKNOWN, Long.MAX_VALUE, undelivered)
              : new Message(sender, sent, answer.id(), answer.outcome(), answer.at(), undelivered));
    }
    return messages;
  }

  String stamp() {
    return sent.stamp();
  }

  /** What told the sender that it did not arrive at this session. */
  Optional<Entry.Undelivered> takenBack(Life receiver) {
    return undelivered.stream()
        .filter(told -> told.session().map(receiver.session()::equals).orElse(true))
        .filter(told ->
            told.ids().isEmpty()
                ? names(told.to()) && told.at() >= sent.at()
                : told.ids().contains(id))
        .findFirst();
  }

  private boolean names(String to) {
    return switch (sent.target()) {
      case Target.Peer(String name) -> name.equals(to);
      case Target.Session(String session) -> session.equals(to);
      case Target.Room(String room) -> room.equals(to);
    };
  }
}
