package dev.switchboard.signaling.protocol;

/**
 * A JSON value inside the frame that brought it: an SDP, a candidate, whatever the peers exchange.
 * It is relayed character for character, never parsed into a tree and never rebuilt.
 *
 * @param frame the whole frame
 * @param start where the value begins in it
 * @param end where it ends, exclusive
 */
public record Payload(String frame, int start, int end) {

  /** A payload that is all of {@code json}. */
  public static Payload of(String json) {
    return new Payload(json, 0, json.length());
  }

  public int length() {
    return end - start;
  }

  /** Splices the value into a frame that is being written. */
  public void appendTo(StringBuilder out) {
    out.append(frame, start, end);
  }

  @Override
  public String toString() {
    // An SDP holds addresses and key fingerprints: it stays out of logs.
    return "payload of " + length() + " characters";
  }
}
