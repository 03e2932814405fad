package dev.switchboard.bench;

import java.nio.ByteBuffer;

/**
 * By which whoever gets a message can tell what it is: {@code ~}, six digits of the pair, the side
 * that sent it, ten digits of its number on that side, and eight of a checksum over the payload and
 * all of these.
 */
final class Stamp {

  /** Stands nowhere else in what is sent or received. */
  static final byte MARK = '~';

  static final int LENGTH = 26;

  private static final int PAIR = 1;
  private static final int SIDE = 7;
  private static final int NUMBER = 8;
  private static final int CHECK = 18;

  private Stamp() {}

  /** Where the stamp in this text begins, or -1. */
  static int find(ByteBuffer text) {
    for (int at = text.position(); at < text.limit(); at++) {
      if (text.get(at) == MARK) {
        return at;
      }
    }
    return -1;
  }

  /**
   * Writes a stamp.
   *
   * @param mask with which each byte is masked
   */
  static void write(
      ByteBuffer frame, int at, int mask, int pair, Side side, long number, int checksum) {
    frame.put(at, (byte) (MARK ^ mask));
    Digits.write(frame, at + PAIR, 6, mask, pair);
    frame.put(at + SIDE, (byte) (side.letter() ^ mask));
    Digits.write(frame, at + NUMBER, 10, mask, number);
    Digits.writeHex(frame, at + CHECK, mask, check(pair, side, number, checksum));
  }

  static boolean isWhole(ByteBuffer text, int at) {
    return at + LENGTH <= text.limit();
  }

  /** The pair, or -1 if there is none that could be read. */
  static int pair(ByteBuffer text, int at) {
    return (int) Digits.read(text, at + PAIR, 6);
  }

  static char side(ByteBuffer text, int at) {
    return (char) text.get(at + SIDE);
  }

  /** The number, or -1 if there is none that could be read. */
  static long number(ByteBuffer text, int at) {
    return Digits.read(text, at + NUMBER, 10);
  }

  /** Whether this stamp with these contents has this checksum. */
  static boolean agrees(ByteBuffer text, int at, int pair, Side side, long number, int checksum) {
    return Digits.readHex(text, at + CHECK) == (check(pair, side, number, checksum) & 0xffff_ffffL);
  }

  private static int check(int pair, Side side, long number, int checksum) {
    long mixed = (number * 1_000_003 + pair) * 31 + side.letter();
    mixed = (mixed ^ (mixed >>> 33)) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return checksum ^ (int) (mixed ^ (mixed >>> 33));
  }
}
