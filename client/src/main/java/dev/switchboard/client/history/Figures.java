package dev.switchboard.client.history;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * What was seen, counted.
 *
 * @param unknown sent, and the session was gone before the answer came
 * @param undelivered acknowledged, and taken back in so many words
 * @param resumed times that a session went on after its connection had ended
 * @param begunAgain times that it could not
 * @param notRecovered times that a client was told so
 * @param longestAway the longest that anybody was without a connection and came back
 */
public record Figures(
    long clients,
    long sent,
    long acknowledged,
    long refused,
    long unknown,
    long undelivered,
    long received,
    long resumed,
    long begunAgain,
    long notRecovered,
    Duration longestAway) {

  static Figures of(List<History> histories, List<Message> messages, List<Life> lives) {
    return new Figures(
        histories.size(),
        messages.size(),
        count(messages, Entry.Outcome.OK),
        count(messages, Entry.Outcome.REFUSED),
        count(messages, Entry.Outcome.UNKNOWN),
        histories.stream()
            .flatMap(history -> history.all(Entry.Undelivered.class).stream())
            .mapToLong(told -> told.ids().size())
            .sum(),
        lives.stream().mapToLong(life -> life.all(Entry.Received.class).size()).sum(),
        returns(histories).filter(Entry.Welcomed::resumed).count(),
        returns(histories).filter(back -> !back.resumed()).count(),
        returns(histories).filter(back -> !back.recovered()).count(),
        lives.stream()
            .flatMap(life -> life.absences().stream())
            .filter(Absence::isOver)
            .map(Absence::length)
            .max(Duration::compareTo)
            .orElse(Duration.ZERO));
  }

  private static long count(List<Message> messages, Entry.Outcome outcome) {
    return messages.stream().filter(message -> message.outcome() == outcome).count();
  }

  private static Stream<Entry.Welcomed> returns(List<History> histories) {
    return histories.stream()
        .flatMap(history -> history.all(Entry.Welcomed.class).stream().skip(1));
  }
}
