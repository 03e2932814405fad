/**
 * The core: what a command does. It knows no dialect and no socket; it looks names up in the
 * directory, hands events to delivery, and tells {@code announce} who came and went.
 */
@NullMarked
package dev.switchboard.signaling.switchboard;

import org.jspecify.annotations.NullMarked;
