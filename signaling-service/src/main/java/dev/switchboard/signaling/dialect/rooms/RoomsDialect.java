package dev.switchboard.signaling.dialect.rooms;

import dev.switchboard.signaling.dialect.Codec;
import dev.switchboard.signaling.dialect.Dialect;
import jakarta.enterprise.context.ApplicationScoped;

/** The {@code rooms} dialect, at {@code /rooms}. */
@ApplicationScoped
class RoomsDialect implements Dialect {

  private final Codec codec;

  RoomsDialect(RoomsConfig config) {
    this.codec = new RoomsCodec(config.capacity());
  }

  @Override
  public String scope() {
    return "rooms";
  }

  @Override
  public String subprotocol() {
    return "switchboard.rooms";
  }

  @Override
  public String path() {
    return "/rooms";
  }

  @Override
  public boolean isDefault() {
    return true;
  }

  @Override
  public Codec codec() {
    return codec;
  }
}
