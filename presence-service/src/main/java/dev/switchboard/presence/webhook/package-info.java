/**
 * Tells servers what happens: signed, at least once, over the death of any pod. What is to be told
 * stands in Redis, queued once by whichever pod is first, and delivered by one pod at a time.
 */
@NullMarked
package dev.switchboard.presence.webhook;

import org.jspecify.annotations.NullMarked;
