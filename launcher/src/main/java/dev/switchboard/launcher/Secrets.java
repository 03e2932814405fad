package dev.switchboard.launcher;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Secrets that live as long as a run. */
final class Secrets {

  private static final SecureRandom RANDOM = new SecureRandom();

  private Secrets() {}

  /** 256 random bits, in hexadecimal. */
  static String fresh() {
    byte[] bytes = new byte[32];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
