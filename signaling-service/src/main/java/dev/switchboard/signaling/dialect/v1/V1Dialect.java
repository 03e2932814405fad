package dev.switchboard.signaling.dialect.v1;

import dev.switchboard.signaling.dialect.Dialect;
import dev.switchboard.signaling.dialect.Handshake;
import dev.switchboard.signaling.dialect.Opening;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;

/** Our own protocol, at {@code /v1/signal}. */
@ApplicationScoped
class V1Dialect implements Dialect {

  private final V1Config config;
  private final FrameWriter writer;

  V1Dialect(V1Config config) {
    this.config = config;
    this.writer = new FrameWriter(config.heartbeat());
  }

  @Override
  public String scope() {
    return "v1";
  }

  @Override
  public String subprotocol() {
    return "switchboard.v1";
  }

  @Override
  public String path() {
    return "/v1/signal";
  }

  @Override
  public boolean isDefault() {
    return true;
  }

  @Override
  public Optional<Duration> introduction() {
    return Optional.of(config.helloWithin());
  }

  @Override
  public boolean keepsSessions() {
    return true;
  }

  @Override
  public Opening open(Handshake handshake) {
    return new Opening.Accepted(new V1Codec(config, writer));
  }
}
