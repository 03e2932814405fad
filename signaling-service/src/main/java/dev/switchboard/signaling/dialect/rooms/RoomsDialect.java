package dev.switchboard.signaling.dialect.rooms;

import dev.switchboard.signaling.dialect.Dialect;
import dev.switchboard.signaling.dialect.Handshake;
import dev.switchboard.signaling.dialect.Opening;
import jakarta.enterprise.context.ApplicationScoped;

/** The {@code rooms} dialect, at {@code /rooms}. */
@ApplicationScoped
class RoomsDialect implements Dialect {

  private final Opening opening;

  RoomsDialect(RoomsConfig config) {
    this.opening = new Opening.Accepted(new RoomsCodec(config.capacity()));
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
  public Opening open(Handshake handshake) {
    return opening;
  }
}
