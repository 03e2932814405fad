package dev.switchboard.bus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.switchboard.identity.Realm;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.buffer.Buffer;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reads what is published on {@value #CHANNEL}: <code>{"v":2,"realm":"…"}</code>, where a realm has
 * changed. It is a hint and may be lost; what is true stands under {@link OnlineKeys}. Any thread.
 */
@Singleton
public class HintCodec {

  static final String CHANNEL = "switchboard.presence";

  private static final Logger LOG = Logger.getLogger(HintCodec.class);
  private static final int VERSION = 2;

  private final ObjectMapper json;
  private final Counter noise;
  private final Counter otherVersion;

  HintCodec(ObjectMapper json, MeterRegistry metrics) {
    this.json = json;
    this.noise = unreadable(metrics, "noise");
    this.otherVersion = unreadable(metrics, "version");
  }

  private static Counter unreadable(MeterRegistry metrics, String reason) {
    return Counter.builder("switchboard.bus.unreadable")
        .description("Messages on the bus that were dropped because they could not be read")
        .tag("reason", reason)
        .register(metrics);
  }

  /**
   * The realm that has changed, or nothing if it is noise or of a version that this code does not
   * know: that is counted and logged at debug, for during a rolling update it is no error.
   */
  public Optional<Realm> decode(Buffer message) {
    try {
      @Nullable JsonNode hint = json.readTree(message.getBytes());
      if (hint == null || !hint.path("v").isInt()) {
        return dropped(noise, "no message of ours");
      }
      if (hint.path("v").intValue() != VERSION) {
        return dropped(otherVersion, "of version " + hint.path("v").intValue());
      }
      @Nullable String realm = hint.path("realm").textValue();
      return realm != null && Realm.isName(realm)
          ? Optional.of(new Realm(realm))
          : dropped(noise, "a realm that is none");
    } catch (IOException e) {
      return dropped(noise, e.getClass().getSimpleName());
    }
  }

  private static Optional<Realm> dropped(Counter counter, String why) {
    counter.increment();
    LOG.debugf("dropped a message on %s: %s", CHANNEL, why);
    return Optional.empty();
  }
}
