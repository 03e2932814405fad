package dev.switchboard.signaling.dialect.mediasession;

import dev.switchboard.signaling.dialect.json.Envelope;
import dev.switchboard.signaling.protocol.Payload;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a {@code createMediaSession} frame says.
 *
 * @param userName whose connection this is
 * @param length how long {@code data} is said to be, as it stands in the frame
 * @param data the description, unescaped
 */
record MediaSession(String userName, String length, String data) {

  /** Reads a frame; empty if it is anything else. */
  static Optional<MediaSession> in(String frame) {
    return object(Envelope.scan(frame) instanceof Envelope all ? all : null, "createMediaSession")
        .flatMap(session -> object(session, "sdp").flatMap(sdp -> of(session, sdp)));
  }

  private static Optional<MediaSession> of(Envelope session, Envelope sdp) {
    @Nullable String userName = session.string("userName");
    @Nullable Payload length = sdp.payload("length");
    @Nullable String data = sdp.string("data");
    return userName == null || length == null || data == null || !isNumber(length)
        ? Optional.empty()
        : Optional.of(new MediaSession(userName, text(length), data));
  }

  private static Optional<Envelope> object(@Nullable Envelope outer, String key) {
    @Nullable Payload value = outer == null ? null : outer.payload(key);
    return value != null && Envelope.scan(text(value)) instanceof Envelope inner
        ? Optional.of(inner)
        : Optional.empty();
  }

  private static boolean isNumber(Payload value) {
    char first = value.frame().charAt(value.start());
    return first == '-' || Character.digit(first, 10) >= 0;
  }

  private static String text(Payload value) {
    return value.frame().substring(value.start(), value.end());
  }

  /** Whether {@code length} is the number of UTF-16 units of {@code data}. */
  boolean isWhole() {
    return length.equals(Integer.toString(data.length()));
  }
}
