package dev.switchboard.bus;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.buffer.Buffer;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Optional;
import org.jboss.logging.Logger;

/** {@link PresenceChange} to and from the bytes on the bus. Any thread. */
@Singleton
public class PresenceCodec {

  private static final Logger LOG = Logger.getLogger(PresenceCodec.class);

  private final ObjectMapper json;
  private final ObjectReader changes;
  private final Counter noise;
  private final Counter otherVersion;

  public PresenceCodec(ObjectMapper json, MeterRegistry metrics) {
    this.json = json;
    this.changes =
        json.readerFor(PresenceChange.class)
            .with(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES);
    this.noise = unreadable(metrics, "noise");
    this.otherVersion = unreadable(metrics, "version");
  }

  private static Counter unreadable(MeterRegistry metrics, String reason) {
    return Counter.builder("switchboard.bus.unreadable")
        .description("Messages on the bus that were dropped because they could not be read")
        .tag("reason", reason)
        .register(metrics);
  }

  /** The JSON of a change, as the connector would write it too. */
  public Buffer encode(PresenceChange change) {
    try {
      return Buffer.buffer(json.writeValueAsBytes(change));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a change can always be written", e);
    }
  }

  /**
   * The change that came, or nothing if it is noise or of a version that this code does not know:
   * that is counted and logged at debug, for during a rolling update it is no error.
   */
  public Optional<PresenceChange> decode(Buffer message) {
    try {
      JsonNode tree = json.readTree(message.getBytes());
      if (tree == null || !tree.path("v").isInt()) {
        return dropped(noise, "no message of ours");
      }
      if (tree.path("v").intValue() != PresenceChange.VERSION) {
        return dropped(otherVersion, "of version " + tree.path("v").intValue());
      }
      return Optional.of(changes.readValue(tree));
    } catch (IOException e) {
      // Jackson wraps what the record's constructor refuses, too.
      return dropped(noise, e.getClass().getSimpleName());
    }
  }

  private static Optional<PresenceChange> dropped(Counter counter, String why) {
    counter.increment();
    LOG.debugf("dropped a message on %s: %s", PresenceChange.CHANNEL, why);
    return Optional.empty();
  }
}
