package dev.switchboard.client;

/** The codes that a socket ends with (docs/protocol.md, RFC 6455 section 7.4). */
final class CloseCodes {

  static final int NORMAL = 1000;

  /** No close frame came. */
  static final int BROKEN = 1006;

  /** Its session has another connection. */
  static final int SUPERSEDED = 3501;

  /** A hello was refused for good. */
  static final int NOT_WELCOME = 3999;

  private CloseCodes() {}

  /**
   * Whether a client should come back. 1005 and 1014 are what proxies say of a backend that is
   * gone.
   */
  static boolean meansComeBack(int code) {
    return switch (code) {
      case 1001, 1005, BROKEN, 1011, 1012, 1013, 1014 -> true;
      default -> code >= 3000 && code < 3500;
    };
  }
}
