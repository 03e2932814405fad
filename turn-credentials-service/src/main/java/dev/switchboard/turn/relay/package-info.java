/**
 * The TURN servers: pools by region, which of them a caller is told, and probes that leave out what
 * does not answer.
 */
@NullMarked
package dev.switchboard.turn.relay;

import org.jspecify.annotations.NullMarked;
