package dev.switchboard.signaling.protocol;

import java.util.List;

/** What became of a command; told to its client alone, once. */
public sealed interface Outcome {

  /** It was done. */
  record Done() implements Outcome {}

  /** It was not, and nothing has changed. */
  record Refused(Refusal refusal) implements Outcome {}

  /** The name is now its own. */
  record Named(String name) implements Outcome {}

  /**
   * It has a session that is kept when its socket goes.
   *
   * @param ticket with it the session can be had back, until the next one is given
   * @param epoch another one once what was known of sessions was lost
   * @param seq the number up to which it counts as having everything; what it is told goes on after
   * @param resumed whether it is the session that it asked for
   * @param recovered whether nothing was lost between that session and this
   * @param meta what rooms are told of it unless they are told something else; empty if nothing
   * @param rooms those it is in
   */
  record Welcomed(
      String name,
      SessionId session,
      String ticket,
      String epoch,
      long seq,
      boolean resumed,
      boolean recovered,
      String meta,
      List<String> rooms)
      implements Outcome {

    @Override
    public String toString() {
      return "welcomed as " + session; // the ticket stays out of logs
    }
  }

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
