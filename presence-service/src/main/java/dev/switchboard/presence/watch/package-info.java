/** Tells those who watch what happens: as server-sent events, and over a WebSocket. */
@NullMarked
package dev.switchboard.presence.watch;

import org.jspecify.annotations.NullMarked;
