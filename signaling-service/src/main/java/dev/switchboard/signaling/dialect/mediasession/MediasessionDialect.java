package dev.switchboard.signaling.dialect.mediasession;

import dev.switchboard.signaling.dialect.Dialect;
import dev.switchboard.signaling.dialect.Handshake;
import dev.switchboard.signaling.dialect.Opening;
import jakarta.enterprise.context.ApplicationScoped;

/** The {@code mediasession} dialect: sub-protocol {@code sip} at {@code /}. */
@ApplicationScoped
class MediasessionDialect implements Dialect {

  private final Opening opening;

  MediasessionDialect(MediasessionConfig config) {
    this.opening = new Opening.Accepted(new MediasessionCodec(config.sharers()));
  }

  @Override
  public String scope() {
    return "mediasession";
  }

  @Override
  public String subprotocol() {
    return "sip";
  }

  @Override
  public String path() {
    return "/";
  }

  @Override
  public boolean isDefault() {
    return false;
  }

  @Override
  public Opening open(Handshake handshake) {
    return opening;
  }
}
