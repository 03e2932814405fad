package dev.switchboard.presence.webhook;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Servers that are told what happens. None by default. */
@ConfigMapping(prefix = "switchboard.webhook")
interface WebhookConfig {

  /** By name, which is no secret: 1 to 64 letters, digits, hyphens and underscores. */
  @WithParentName
  Map<String, Settings> webhooks();

  /** One of them. */
  interface Settings {

    /** Where events are posted to. Only https, unless {@code allow-http}. */
    Optional<String> url();

    /**
     * What signs: {@code whsec_} and 24 to 64 random bytes in Base64, as Standard Webhooks has it.
     */
    Optional<String> secret();

    /** More of them, which sign as well, while one takes the other's place. */
    Optional<List<String>> secrets();

    /** Whose events it is told. */
    @WithDefault("default")
    String realm();

    /** Whether it is told of peers. */
    @WithDefault("true")
    boolean peers();

    /** Whether it is told of members of rooms. */
    @WithDefault("true")
    boolean rooms();

    /** How long the receiver may take to answer. */
    @WithDefault("10s")
    Duration timeout();

    /**
     * The first wait before an event is posted again; it doubles with each failure, with jitter.
     */
    @WithDefault("1s")
    Duration retryFloor();

    /** The longest wait, but for what the receiver asks for in Retry-After. */
    @WithDefault("10m")
    Duration retryCeiling();

    /** How long an event is tried before it is a dead letter. */
    @WithDefault("24h")
    Duration giveUpAfter();

    /** How many events are posted at once; those of one peer one after the other. */
    @WithDefault("8")
    int concurrency();

    /**
     * How many events may wait in Redis. With more the receiver is told {@code resync} when there
     * is room again.
     */
    @WithDefault("10000")
    int queue();

    /** How many dead letters are kept; of more, the oldest makes room. */
    @WithDefault("1000")
    int deadLetters();

    /** How long after its last sign of life the work of a pod that died is taken up by another. */
    @WithDefault("10s")
    Duration lease();

    /** Whether the url may be http. The profiles dev and test need no leave. */
    @WithDefault("false")
    boolean allowHttp();

    /** Whether the receiver may be in a private network, or on this machine. */
    @WithDefault("false")
    boolean allowPrivate();
  }
}
