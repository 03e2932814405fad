package dev.switchboard.client.history;

import dev.switchboard.client.Target;
import dev.switchboard.client.history.Finding.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What was acknowledged and did not come, unless that was told; and what was told in vain. */
final class Losses {

  private final List<Message> messages;
  private final List<Life> lives;
  private final List<Stay> stays;
  private final Bounds bounds;
  private final List<Finding> findings = new ArrayList<>();

  Losses(List<Message> messages, List<Life> lives, List<Stay> stays, Bounds bounds) {
    this.messages = messages;
    this.lives = lives;
    this.stays = stays;
    this.bounds = bounds;
  }

  List<Finding> findings() {
    for (Message message : messages) {
      if (message.outcome() == Entry.Outcome.OK) {
        receivers(message).forEach(receiver -> check(message, receiver));
      }
    }
    return findings;
  }

  /** The sessions that it was for beyond doubt. */
  private Stream<Life> receivers(Message message) {
    long sent = message.sent().at();
    return switch (message.sent().target()) {
      case Target.Peer(String name) ->
          lives.stream()
              .filter(life -> life.history().peer().equals(name))
              .filter(life -> isThere(life, sent, message.answered()));
      case Target.Session(String session) ->
          lives.stream()
              .filter(life -> life.session().equals(session))
              .filter(life -> isThere(life, sent, message.answered()));
      case Target.Room(String room) ->
          stays.stream()
              .filter(stay -> stay.room().equals(room) && stay.covers(sent, message.answered()))
              .map(Stay::life)
              .filter(life -> !life.history().equals(message.sender()))
              .distinct();
    };
  }

  /** Attached, or detached for less than the window, all that time. */
  private boolean isThere(Life life, long from, long to) {
    long window = bounds.window().minus(bounds.slack()).toNanos();
    return life.begun() <= from
        && life.over() > to
        && life.absences().stream()
            .noneMatch(absence -> absence.lost() + window < to && absence.back() > from);
  }

  private void check(Message message, Life receiver) {
    if (receiver.isEnded() || bothKnow(message, receiver)) {
      return;
    }
    boolean cameBackInTime = cameBackInTime(receiver, message.sent().at());
    Optional<Entry.Undelivered> takenBack = message.takenBack(receiver);
    if (takenBack.isPresent()) {
      if (cameBackInTime) {
        findings.add(
            Finding.of(
                Kind.FALSELY_UNDELIVERED,
                message.stamp() + " could have come to " + receiver.history().peer(),
                message.sent(),
                takenBack.get()));
      }
    } else if (!receiver.hasReceived(message)) {
      missing(message, receiver, cameBackInTime);
    }
  }

  private static boolean bothKnow(Message message, Life receiver) {
    return receiver.wasToldOfLossSince(message.sent().at())
        && message.sender().all(Entry.Welcomed.class).stream()
            .anyMatch(it -> it.at() >= message.sent().at() && !it.recovered());
  }

  /** Whether it was never away for so long, since then, that what it is owed may be given up. */
  private boolean cameBackInTime(Life receiver, long since) {
    return receiver.absences().stream()
        .filter(absence -> absence.back() >= since)
        .noneMatch(absence -> absence.isLongerThan(bounds.window().minus(bounds.slack())));
  }

  private void missing(Message message, Life receiver, boolean cameBackInTime) {
    if (cameBackInTime) {
      lost(message, receiver);
    } else if (hasHadTimeToBeTold(message, receiver)) {
      report(
          Kind.NOT_TOLD,
          message.stamp() + " was not read in time, and " + message.sender().peer() + " not told",
          message.sent(),
          receiver.absences().getLast().lost());
    }
  }

  /** The sender is there, and was after the window had ended. */
  private boolean hasHadTimeToBeTold(Message message, Life receiver) {
    Life sender =
        lives.stream()
            .filter(life -> life.history().equals(message.sender()))
            .reduce((_, last) -> last)
            .orElseThrow();
    long due = receiver.absences().getLast().lost() + bounds.toldWithin().toNanos();
    return sender.isThereInTheEnd()
        && sender.begun() <= message.sent().at()
        && sender.entries().getLast().at() > due;
  }

  private void lost(Message message, Life receiver) {
    report(
        Kind.LOST,
        message.stamp()
            + " never came to "
            + receiver.history().peer()
            + "'s "
            + receiver.session(),
        message.sent(),
        message.answered());
    falselyRecovered(receiver.history(), message)
        .or(() -> falselyRecovered(message.sender(), message))
        .ifPresent(welcome ->
            findings.add(
                Finding.of(
                    Kind.FALSELY_RECOVERED,
                    "somebody was told so, and " + message.stamp() + " is missing",
                    message.sent(),
                    welcome)));
  }

  /** A return of this client that was said to have lost nothing; rather one since it was sent. */
  private static Optional<Entry.Welcomed> falselyRecovered(History history, Message message) {
    List<Entry.Welcomed> returns =
        history.all(Entry.Welcomed.class).stream()
            .skip(1)
            .filter(Entry.Welcomed::recovered)
            .toList();
    return returns.stream()
        .filter(welcome -> welcome.at() >= message.sent().at())
        .findFirst()
        .or(() -> returns.stream().reduce((_, last) -> last));
  }

  private void report(Kind kind, String says, Entry.Sent sent, long since) {
    findings.add(
        Finding.of(kind, says + " (" + (since - sent.at()) / 1_000_000 + " ms after)", sent));
  }
}
