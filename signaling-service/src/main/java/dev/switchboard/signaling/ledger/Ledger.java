package dev.switchboard.signaling.ledger;

import dev.switchboard.signaling.directory.Location;
import dev.switchboard.signaling.protocol.Destination;
import dev.switchboard.signaling.protocol.Event;
import dev.switchboard.signaling.protocol.Member;
import dev.switchboard.signaling.protocol.Refusal;
import dev.switchboard.signaling.protocol.RoomId;
import dev.switchboard.signaling.protocol.SessionId;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The sessions that are kept when their sockets go, and an inbox for each: what is put there stays
 * until its client has acknowledged it, or nobody can have the session back.
 *
 * <p>Each operation is atomic: a change, and what others are told of it, are one step. What was
 * answered has happened and lasts as long as the ledger does. A session's own commands carry an id
 * that rises; one that did not is a repetition, and is answered as it was, not done again.
 *
 * <p>Methods return at once and may be called on an event loop; nothing happens before the {@code
 * Uni} is subscribed to. It fails with {@link dev.switchboard.bus.RedisGoneException} if the ledger
 * cannot be reached; then it may have happened all the same, unless the exception says otherwise.
 */
public interface Ledger {

  /** Begins a session. */
  Uni<Opened> open(Guest guest);

  /** Attaches a session here, wherever it was attached before. */
  Uni<Returned> resume(Return back);

  /**
   * The socket is gone. Does nothing if the hold is void.
   *
   * @param slow whether it was ended because its client did not read; who is, twice within a short
   *     time, cannot have its session back
   */
  Uni<Void> detach(Hold hold, boolean slow);

  /**
   * The same where it is not known whether the session was attached here at all.
   *
   * @param ticket the hash of the one that would have been given
   */
  Uni<Void> detach(String realm, SessionId session, String ticket);

  /** Ends a session at once. */
  Uni<Answer> end(Hold hold);

  /**
   * Its client has got the newest ticket, so the one before is worth nothing; or it brought another
   * token.
   */
  Uni<Answer> renew(Hold hold, Optional<Terms> terms);

  /**
   * Puts {@code event} into the inboxes of all it is for, except those of its own room mates who
   * are its sender.
   *
   * @param reach patterns of the peers that the sender may reach
   */
  Uni<Answer> send(Hold hold, String id, Destination to, Event event, List<String> reach);

  /**
   * Lets it into a room; in its own inbox stands {@link Event.Admitted}.
   *
   * @param capacity the most sessions in the room
   */
  Uni<Answer> join(Hold hold, String id, String room, String meta, int capacity, int rooms);

  Uni<Answer> leave(Hold hold, String id, String room);

  /** Describes it otherwise, in every room it is in. */
  Uni<Answer> describe(Hold hold, String id, String meta);

  /** Who is in a room, in the order in which they came. */
  Uni<List<Member>> members(RoomId room);

  /** Clients of one realm have what is in their inboxes up to a number. */
  Uni<Void> acknowledge(String realm, List<Acknowledged> acknowledged);

  /** What is in the inbox after {@code number}: a part of it if there is much. */
  Uni<Reading> read(Hold hold, long after);

  /** How far the inboxes of one realm's sessions go, in the same order. */
  Uni<List<Tail>> tails(String realm, List<Hold> holds);

  /**
   * A node has died: its sessions have lost their sockets.
   *
   * @param silent for how long nothing was heard of it
   * @return what others are told
   */
  Uni<List<News>> sweep(String node, Duration silent);

  /**
   * Takes sessions that were without a socket for too long out of their rooms, or for good. Called
   * often, by every node.
   *
   * @return what others are told
   */
  Uni<List<News>> due();

  /**
   * What the ledger says that this node holds. A session among them that the node does not have is
   * nobody's: whatever was to be told of it did not get through.
   */
  Uni<List<Hold>> held();

  /** What came of asking for a session. */
  sealed interface Opened {

    /** It has begun. */
    record In(Hold hold, List<News> news) implements Opened {}

    /** The peer has as many as it may have. */
    record Full() implements Opened {}
  }

  /** What came of asking for a session back. */
  sealed interface Returned {

    /**
     * It is attached here.
     *
     * @param before where it was attached until now; empty if nowhere
     * @param from the number up to which its client has everything
     * @param recovered whether nothing is missing after that
     * @param meta what rooms are told of it
     */
    record Back(
        Hold hold,
        Optional<Location> before,
        long from,
        boolean recovered,
        String meta,
        Terms terms,
        List<String> rooms)
        implements Returned {}

    /** It cannot be had: no such session or ticket, or not this peer's. */
    record None() implements Returned {}

    /** It cannot, for its client does not read what it is sent. */
    record Barred() implements Returned {}

    /** Its client claims to have what was never sent. */
    record Ahead() implements Returned {}
  }

  /** What came of a command. */
  sealed interface Answer {

    /** It was done, now or earlier. */
    record Done(List<News> news) implements Answer {}

    /** It was not. */
    record Refused(Refusal refusal) implements Answer {}

    /** The hold is void; nothing was done. */
    record Lapsed(Ending ending) implements Answer {}
  }

  /** A part of an inbox. */
  sealed interface Reading {

    /** In order; empty if there is nothing more. */
    record Entries(List<Entry> entries) implements Reading {}

    /** The hold is void. */
    record Lapsed(Ending ending) implements Reading {}
  }

  /** How far an inbox goes. */
  sealed interface Tail {

    /** Its last number; 0 if there was never anything in it. */
    record At(long number) implements Tail {}

    /** The hold is void. */
    record Lapsed(Ending ending) implements Tail {}
  }

  /** Something in an inbox. */
  record Entry(long number, Event event) {}

  /** Its client has everything up to {@code number}. */
  record Acknowledged(Hold hold, long number) {}
}
