package dev.switchboard.signaling.protocol;

import java.util.List;

/** What became of a command; told to its client alone, once. */
public sealed interface Outcome {

  /** It was done. */
  record Done() implements Outcome {}

  /** It was not, and nothing has changed. */
  record Refused(Refusal refusal) implements Outcome {}

  /**
   * The name is now its own.
   *
   * @param epoch another one once what was known of sessions and rooms was lost
   */
  record Named(String name, String epoch) implements Outcome {}

  /**
   * It is in the room; of whoever joins or leaves from here on it will be told.
   *
   * @param others who is in it already, in the order in which they came
   */
  record Joined(String room, Member self, List<Member> others) implements Outcome {}

  /** It is in the room no longer. */
  record Left(String room, Member self) implements Outcome {}

  /**
   * Who is in a room.
   *
   * @param more whether there are further ones after the last of these
   */
  record Listed(String room, List<Member> members, boolean more) implements Outcome {}
}
