package dev.switchboard.turn.quota;

import io.smallrye.mutiny.Uni;

/**
 * Token buckets by key, as the Generic Cell Rate Algorithm has them: what is kept of one is the
 * moment at which it would be full again, so an untouched bucket is no entry at all.
 */
interface Buckets {

  /** Takes a token, if there is one. Never blocks. */
  Uni<Verdict> take(String key, Policy policy);
}
