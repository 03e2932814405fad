package dev.switchboard.signaling.dialect.json;

import dev.switchboard.signaling.protocol.Payload;
import dev.switchboard.signaling.protocol.Refusal;
import dev.switchboard.signaling.protocol.Refusal.Reason;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The outermost object of a frame: which members it has and where their values stand. The frame is
 * proven to be JSON, no key stands twice, and no value has been touched.
 */
public final class Envelope implements Scanned {

  /** The most members. Real clients send four. */
  static final int MAX_MEMBERS = 32;

  private static final int USUAL_MEMBERS = 4;
  private static final Scanned MALFORMED = new Malformed(Refusal.of(Reason.MALFORMED));

  private final String frame;
  private final Json json;
  private String[] keys = new String[USUAL_MEMBERS];

  /** Start and end of each member's value. */
  private int[] spans = new int[2 * USUAL_MEMBERS];

  private int members;

  private Envelope(String frame, Json json) {
    this.frame = frame;
    this.json = json;
  }

  /** Reads {@code frame} once, from end to end, in time proportional to its length. */
  public static Scanned scan(String frame) {
    Json json = new Json(frame);
    int i = json.skipSpace(0);
    if (i >= frame.length() || frame.charAt(i) != '{') {
      return MALFORMED;
    }
    Envelope envelope = new Envelope(frame, json);
    i = json.skipSpace(i + 1);
    if (i < frame.length() && frame.charAt(i) == '}') {
      return envelope.endingAt(json.skipSpace(i + 1));
    }
    while (true) {
      int keyEnd = json.string(i);
      int afterColon = json.colon(keyEnd);
      if (afterColon == Json.INVALID) {
        return MALFORMED;
      }
      int start = json.skipSpace(afterColon);
      int end = json.value(start, 1);
      if (end == Json.INVALID || envelope.members == MAX_MEMBERS) {
        return MALFORMED;
      }
      String key = Text.unescape(frame, i + 1, keyEnd - 1);
      if (envelope.indexOf(key) >= 0) {
        return new Malformed(new Refusal(Reason.DUPLICATE_KEY, key));
      }
      envelope.add(key, start, end);
      i = json.skipSpace(end);
      if (i >= frame.length()) {
        return MALFORMED;
      }
      char c = frame.charAt(i);
      if (c == '}') {
        return envelope.endingAt(json.skipSpace(i + 1));
      }
      if (c != ',') {
        return MALFORMED;
      }
      i = json.skipSpace(i + 1);
    }
  }

  /** The member's value as it stands in the frame, or null if there is no such member. */
  public @Nullable Payload payload(String key) {
    int member = indexOf(key);
    return member < 0 ? null : new Payload(frame, spans[2 * member], spans[2 * member + 1]);
  }

  /**
   * The elements of the member's value, none if there is no such member.
   *
   * @param most how many there may be
   * @return empty if the value is no array, or has more
   */
  public Optional<List<Payload>> elements(String key, int most) {
    Payload array = payload(key);
    return array == null ? Optional.of(List.of()) : Elements.of(json, array, most);
  }

  /** The member's value if it is a string, otherwise null. */
  public @Nullable String string(String key) {
    int member = indexOf(key);
    if (member < 0 || frame.charAt(spans[2 * member]) != '"') {
      return null;
    }
    return Text.unescape(frame, spans[2 * member] + 1, spans[2 * member + 1] - 1);
  }

  private Scanned endingAt(int end) {
    return end == frame.length() ? this : MALFORMED;
  }

  private int indexOf(String key) {
    for (int member = 0; member < members; member++) {
      if (keys[member].equals(key)) {
        return member;
      }
    }
    return -1;
  }

  private void add(String key, int start, int end) {
    if (members == keys.length) {
      keys = Arrays.copyOf(keys, 2 * members);
      spans = Arrays.copyOf(spans, 4 * members);
    }
    keys[members] = key;
    spans[2 * members] = start;
    spans[2 * members + 1] = end;
    members++;
  }
}
