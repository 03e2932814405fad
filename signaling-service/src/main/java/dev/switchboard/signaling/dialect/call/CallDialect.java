package dev.switchboard.signaling.dialect.call;

import dev.switchboard.signaling.dialect.Dialect;
import dev.switchboard.signaling.dialect.Handshake;
import dev.switchboard.signaling.dialect.Opening;
import jakarta.enterprise.context.ApplicationScoped;

/** The {@code call} dialect: what a client without a sub-protocol speaks at {@code /}. */
@ApplicationScoped
class CallDialect implements Dialect {

  private static final Opening OPENING = new Opening.Accepted(new CallCodec());

  @Override
  public String scope() {
    return "call";
  }

  @Override
  public String subprotocol() {
    return "switchboard.call";
  }

  @Override
  public String path() {
    return "/";
  }

  @Override
  public boolean isDefault() {
    return true;
  }

  @Override
  public Opening open(Handshake handshake) {
    return OPENING;
  }
}
