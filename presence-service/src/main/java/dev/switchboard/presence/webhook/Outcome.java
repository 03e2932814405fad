package dev.switchboard.presence.webhook;

import java.time.Duration;
import java.util.Optional;

/** What became of a post. */
sealed interface Outcome {

  /** The receiver has it. */
  record Delivered() implements Outcome {}

  /** The receiver wants this and all others no more. */
  record Unwanted() implements Outcome {}

  /**
   * The receiver does not have it, as far as is known.
   *
   * @param why in words, without a url
   * @param retryAfter how long the receiver asked to be left alone
   */
  record Failed(String why, Optional<Duration> retryAfter) implements Outcome {

    Failed(String why) {
      this(why, Optional.empty());
    }
  }
}
