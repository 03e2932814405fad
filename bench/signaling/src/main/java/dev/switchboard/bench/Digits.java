package dev.switchboard.bench;

import java.nio.ByteBuffer;

/** Numbers of a fixed width, written into a frame in place. */
final class Digits {

  private Digits() {}

  static void write(ByteBuffer to, int at, int width, int mask, long value) {
    long rest = value;
    for (int i = at + width - 1; i >= at; i--) {
      to.put(i, (byte) (('0' + rest % 10) ^ mask));
      rest /= 10;
    }
  }

  static void writeHex(ByteBuffer to, int at, int mask, int value) {
    for (int i = 0; i < 8; i++) {
      int digit = (value >>> (28 - 4 * i)) & 15;
      to.put(at + i, (byte) ((digit < 10 ? '0' + digit : 'a' + digit - 10) ^ mask));
    }
  }

  /** The number of so many digits, or -1 if something else stands there. */
  static long read(ByteBuffer from, int at, int width) {
    long value = 0;
    for (int i = at; i < at + width; i++) {
      int digit = from.get(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = value * 10 + digit;
    }
    return value;
  }

  /** The number of eight hexadecimal digits, or -1. */
  static long readHex(ByteBuffer from, int at) {
    long value = 0;
    for (int i = at; i < at + 8; i++) {
      int digit = Character.digit(from.get(i), 16);
      if (digit < 0) {
        return -1;
      }
      value = value << 4 | digit;
    }
    return value;
  }
}
