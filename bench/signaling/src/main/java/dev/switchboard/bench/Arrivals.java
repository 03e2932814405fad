package dev.switchboard.bench;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.CRC32C;

/** Judges what comes to one side of a pair. For one thread. */
final class Arrivals {

  /** What was found. */
  enum Verdict {
    /** The next in order, and whole. */
    GOOD,
    /** Whole, but others that were sent before it have not come. */
    EARLY,
    /** Whole, and one of those that others overtook. */
    OVERTAKEN,
    /** Whole, and here already. */
    REPEATED,
    /** Whole, and somebody else's. */
    MISDELIVERED,
    /** Not as it was sent. */
    ALTERED,
    /** Nothing of ours: it has no stamp. */
    UNSTAMPED
  }

  private final int pair;
  private final Side from;
  private final CRC32C crc = new CRC32C();
  // As many as were overtaken or lost, and no more than were sent.
  private final Set<Long> missing = new HashSet<>();
  private long next;
  private long newest;

  Arrivals(int pair, Side from) {
    this.pair = pair;
    this.from = from;
  }

  /** The payload of one frame, from position to limit. */
  Verdict judge(ByteBuffer text) {
    int at = Stamp.find(text);
    if (at < 0) {
      return Verdict.UNSTAMPED;
    }
    if (!Stamp.isWhole(text, at)) {
      return Verdict.ALTERED;
    }
    int itsPair = Stamp.pair(text, at);
    char letter = Stamp.side(text, at);
    Side side = letter == Side.CALLER.letter() ? Side.CALLER : Side.CALLEE;
    long number = Stamp.number(text, at);
    if (itsPair < 0 || number < 0 || letter != side.letter()) {
      return Verdict.ALTERED;
    }
    if (!isWhole(text, at, itsPair, side, number)) {
      return Verdict.ALTERED;
    }
    if (itsPair != pair || side != from) {
      return Verdict.MISDELIVERED;
    }
    return place(number);
  }

  /** The number of the last that was whole and for this side. */
  long newest() {
    return newest;
  }

  /** How many of so many that were sent have not come. */
  long lostOf(long sent) {
    return missing.size() + sent - next;
  }

  private boolean isWhole(ByteBuffer text, int at, int itsPair, Side side, long number) {
    Kind kind = Kind.of(side, number);
    int begin = at - kind.before();
    int end = at + Stamp.LENGTH + kind.after();
    if (begin < text.position() || end > text.limit()) {
      return false;
    }
    int position = text.position();
    int limit = text.limit();
    crc.reset();
    crc.update(text.limit(at).position(begin));
    crc.update(text.limit(end).position(at + Stamp.LENGTH));
    text.limit(limit).position(position);
    return (int) crc.getValue() == kind.checksum()
        && Stamp.agrees(text, at, itsPair, side, number, kind.checksum());
  }

  private Verdict place(long number) {
    newest = number;
    if (number == next) {
      next++;
      return Verdict.GOOD;
    }
    if (number > next) {
      for (long skipped = next; skipped < number; skipped++) {
        missing.add(skipped);
      }
      next = number + 1;
      return Verdict.EARLY;
    }
    return missing.remove(number) ? Verdict.OVERTAKEN : Verdict.REPEATED;
  }
}
