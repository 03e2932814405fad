package dev.switchboard.client;

import java.util.List;
import java.util.Optional;

/** What became of a command. */
public sealed interface Answer {

  /** The {@code id} under which it was asked; 0 if it never got one. */
  long id();

  /**
   * It was done: for a signal, the service has it and owes it to its receivers.
   *
   * @param peers of a join or a roster: who else is in the room
   * @param cursor of a roster: where the next page begins, if there is one
   */
  record Ok(long id, List<Member> peers, Optional<String> cursor) implements Answer {}

  /**
   * It was not done.
   *
   * @param code of the catalogue in docs/protocol.md, or {@link #WINDOW} or {@link #CLOSED}
   * @param retry whether the same may succeed later, under a new id
   */
  record Refused(long id, String code, String message, boolean retry) implements Answer {}

  /** Its session is gone, and nobody can say whether it was done. */
  record Unknown(long id) implements Answer {}

  /** Too much is unanswered: refused by this client, and nothing was sent. */
  String WINDOW = "window";

  /** This client is closed; nothing was sent. */
  String CLOSED = "closed";
}
