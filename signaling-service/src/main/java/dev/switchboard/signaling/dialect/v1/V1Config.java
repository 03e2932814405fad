package dev.switchboard.signaling.dialect.v1;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The bounds of this protocol. */
@ConfigMapping(prefix = "switchboard.v1")
interface V1Config {

  /** How long a client may take to say hello and be welcome. Longer: closed with 3003. */
  @WithDefault("10s")
  Duration helloWithin();

  /** The most sessions of a peer: tabs and devices that go by one name. More: refused. */
  @WithDefault("8")
  int sessionsPerPeer();

  /** The most sessions in a room. More: refused. */
  @WithDefault("50")
  int roomCapacity();

  /** The longest {@code meta}, in characters. Longer: refused. */
  @WithDefault("1K")
  MemorySize meta();

  /** How many members of a room one {@code roster} lists. More: it says where to go on. */
  @WithDefault("50")
  int rosterPage();

  /** How often clients are told to expect a ping: as often as they get one. */
  @WithDefault("${quarkus.websockets-next.server.auto-ping-interval:25s}")
  Duration heartbeat();
}
