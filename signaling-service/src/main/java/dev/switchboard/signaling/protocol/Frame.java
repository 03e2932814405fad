package dev.switchboard.signaling.protocol;

/** One WebSocket message, whole. */
public sealed interface Frame {

  /** Its size: characters (UTF-16 units) of text, or bytes. */
  int length();

  /** A text message. */
  record Text(String text) implements Frame {
    @Override
    public int length() {
      return text.length();
    }

    @Override
    public String toString() {
      return "text of " + length() + " characters";
    }
  }

  /** A binary message; whoever holds it leaves its bytes as they are. */
  @SuppressWarnings("ArrayRecordComponent") // frames are passed on, never compared
  record Binary(byte[] bytes) implements Frame {
    @Override
    public int length() {
      return bytes.length;
    }

    @Override
    public String toString() {
      return "binary of " + length() + " bytes";
    }
  }
}
