/** The changes that signaling tells of. */
@NullMarked
package dev.switchboard.presence.feed;

import org.jspecify.annotations.NullMarked;
