/**
 * Follows what signaling does: the state of each realm that somebody asks about, kept up to date.
 */
@NullMarked
package dev.switchboard.presence.feed;

import org.jspecify.annotations.NullMarked;
