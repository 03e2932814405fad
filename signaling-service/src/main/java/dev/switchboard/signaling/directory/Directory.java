package dev.switchboard.signaling.directory;

import dev.switchboard.signaling.protocol.Destination;
import dev.switchboard.signaling.protocol.Member;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;

/**
 * Who is at which place: who goes by a name, and who is in a room. A name that one session holds
 * alone is a place with room for one.
 *
 * <p>Every operation is atomic: of two sessions that race for a name or for the last place in a
 * room, one gets it. Methods return at once and may be called on an event loop; nothing happens
 * before the {@code Uni} is subscribed to, and it fails only if the directory itself cannot be
 * reached.
 */
public interface Directory {

  /**
   * Lets somebody in, unless {@code capacity} others are there. Who is there already stays, keeps
   * its number, and is from now on where and what {@code occupant} says.
   */
  Uni<Entry> enter(Destination place, Occupant occupant, int capacity);

  /**
   * Takes the session at {@code location} out of {@code place}. Does nothing if it is not there, or
   * has entered again at another node since.
   */
  Uni<Exit> leave(Destination place, Location location);

  /** Who is there now, in the order in which they came. */
  Uni<List<Occupant>> occupants(Destination place);

  /** Takes a node that died out of every place; whoever asks first is told what that was. */
  Uni<List<Vacancy>> sweep(String node);

  /** Names what it knows: another one once that was lost. The same at all nodes. */
  String epoch();

  /** Whether it can be asked now, as far as is known without asking. */
  boolean isReachable();

  /** What came of entering. */
  sealed interface Entry {

    /**
     * It is in.
     *
     * @param self as it is from now on, with its number
     * @param before as it was, if it was there already
     * @param others who else is there, in the order in which they came
     */
    record Entered(Member self, Optional<Occupant> before, List<Occupant> others)
        implements Entry {}

    /** It is not: there are as many as there may be. */
    record Full() implements Entry {}
  }

  /** What came of leaving. */
  sealed interface Exit {

    /** It was there, and {@code others} still are. */
    record Gone(Member self, List<Occupant> others) implements Exit {}

    /** It was not there. */
    record NotThere() implements Exit {}
  }

  /** A place that somebody of a dead node has left, and who is still there. */
  record Vacancy(Destination place, Member gone, List<Occupant> others) {}
}
