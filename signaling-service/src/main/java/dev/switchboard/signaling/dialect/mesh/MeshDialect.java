package dev.switchboard.signaling.dialect.mesh;

import dev.switchboard.signaling.dialect.Dialect;
import dev.switchboard.signaling.dialect.Handshake;
import dev.switchboard.signaling.dialect.Opening;
import dev.switchboard.signaling.dialect.json.Text;
import dev.switchboard.signaling.protocol.Command;
import dev.switchboard.signaling.protocol.Refusal;
import dev.switchboard.signaling.protocol.Refusal.Reason;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;

/** The {@code mesh} dialect, at {@code /mesh?uid=…&page=…}. */
@ApplicationScoped
class MeshDialect implements Dialect {

  /** The one room of the realm's mesh. */
  static final String ROOM = "mesh";

  /** The longest {@code uid} and {@code page}, in UTF-16 units: a UUID takes 36. */
  static final int MAX_LENGTH = 128;

  private final int capacity;
  private final Duration grace;

  MeshDialect(MeshConfig config) {
    this.capacity = config.capacity();
    this.grace = config.grace();
  }

  @Override
  public String scope() {
    return "mesh";
  }

  @Override
  public String subprotocol() {
    return "switchboard.mesh";
  }

  @Override
  public String path() {
    return "/mesh";
  }

  @Override
  public boolean isDefault() {
    return true;
  }

  @Override
  public Opening open(Handshake handshake) {
    Optional<String> uid = bounded(handshake, "uid");
    Optional<String> page = bounded(handshake, "page");
    if (uid.isEmpty() || page.isEmpty()) {
      return new Opening.Refused(new Refusal(Reason.BAD_FIELD, uid.isEmpty() ? "uid" : "page"));
    }
    String meta = Text.quote(new StringBuilder(), page.get()).toString();
    return new Opening.Accepted(
        new MeshCodec(), uid, Optional.of(new Command.Join(ROOM, capacity, meta)));
  }

  private static Optional<String> bounded(Handshake handshake, String parameter) {
    return handshake
        .parameter(parameter)
        .filter(value -> !value.isBlank() && value.length() <= MAX_LENGTH);
  }

  @Override
  public Duration grace() {
    return grace;
  }
}
