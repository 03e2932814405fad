package dev.switchboard.turn.relay;

import dev.switchboard.turn.url.Carrier;
import dev.switchboard.turn.url.IceUrl;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One url of a relay and how it stands. Written by its probe, read by any thread. */
final class Endpoint {

  private final IceUrl url;
  private volatile Standing standing = new Standing.Unknown();
  private volatile @Nullable Instant lastSuccess;

  Endpoint(IceUrl url) {
    this.url = url;
  }

  IceUrl url() {
    return url;
  }

  Standing standing() {
    return standing;
  }

  Optional<Instant> lastSuccess() {
    return Optional.ofNullable(lastSuccess);
  }

  /** Whether a probe knows where to go and what to speak; Java has no DTLS socket. */
  boolean canBeProbed() {
    return !url.needsHost() && url.carrier() != Carrier.DTLS;
  }

  boolean isUsable() {
    return !(standing instanceof Standing.Down);
  }

  void settle(Probed probed, Instant now) {
    standing =
        switch (probed) {
          case Probed.Answers answers -> {
            lastSuccess = now;
            yield new Standing.Up(now, answers.rtt());
          }
          case Probed.NoRoute() -> new Standing.Unknown();
          case Probed.Fails fails ->
              standing instanceof Standing.Down down
                  ? new Standing.Down(down.since(), fails.reason())
                  : new Standing.Down(now, fails.reason());
        };
  }
}
