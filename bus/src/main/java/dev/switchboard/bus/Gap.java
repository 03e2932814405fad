package dev.switchboard.bus;

/**
 * Something that was published on a channel may not have arrived here. From now on the channel
 * delivers again, so state that is read on receipt of this event, and the messages that follow,
 * leave nothing out.
 *
 * <p>Fired as an asynchronous CDI event: receive it with {@code @ObservesAsync}, on a worker thread
 * that may block. An observer that fails is logged and disturbs nobody.
 *
 * @param channel the channel of Reactive Messaging, not the Redis channel
 * @param cause what made the gap
 */
public record Gap(String channel, Cause cause) {

  /** What makes a gap. */
  public enum Cause {
    /**
     * The first subscription: what was published before this process listened is not known here.
     */
    STARTED,
    /** The connection to Redis was lost and is there again. */
    RESUBSCRIBED,
    /** The application read too slowly, the buffer was full, and messages were dropped. */
    OVERFLOWED
  }
}
