/** How an event reaches a session, on this node or on another one. */
@NullMarked
package dev.switchboard.signaling.delivery;

import org.jspecify.annotations.NullMarked;
