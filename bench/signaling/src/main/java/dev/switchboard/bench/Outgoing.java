package dev.switchboard.bench;

import dev.switchboard.bench.dialect.Dialect;
import java.nio.ByteBuffer;

/** A frame that is encoded once; only its stamp, and its id if it has one, change. */
final class Outgoing {

  private final int pair;
  private final Side side;
  private final ByteBuffer frame;
  private final int stampAt;
  private final int idAt;
  private final int checksum;

  Outgoing(Dialect dialect, Kind kind, int pair, Side side, String name, String partner) {
    String text = dialect.envelope(kind.word(), name, partner, kind.payload());
    this.pair = pair;
    this.side = side;
    this.frame = Frames.text(text);
    int header = frame.limit() - text.length();
    int id = text.indexOf(Dialect.ID);
    this.stampAt = header + text.indexOf(Stamp.MARK);
    this.idAt = id < 0 ? -1 : header + id;
    this.checksum = kind.checksum();
  }

  /** The frame of this number, until the next is asked for. */
  ByteBuffer of(long number) {
    Stamp.write(frame, stampAt, Frames.MASK, pair, side, number, checksum);
    if (idAt >= 0) {
      Digits.write(
          frame, idAt, Dialect.ID.length(), Frames.MASK, Long.parseLong(Dialect.ID) + number);
    }
    return frame.rewind();
  }
}
