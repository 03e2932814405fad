package dev.switchboard.turn.quota;

import java.time.Duration;

/**
 * What a quota says to one request.
 *
 * @param allowed whether there was a token for it
 * @param remaining how many are left
 * @param reset when there is one again; or, if one was left, when all of them are
 */
record Verdict(Policy policy, boolean allowed, long remaining, Duration reset) {

  /** In seconds, rounded up: who comes back then is not too early. */
  long resetSeconds() {
    return reset.plusSeconds(1).minusNanos(1).toSeconds();
  }

  /** What a member of RateLimit says (draft-ietf-httpapi-ratelimit-headers-10). */
  String field() {
    return "\"" + policy.name() + "\";r=" + remaining + ";t=" + resetSeconds();
  }
}
