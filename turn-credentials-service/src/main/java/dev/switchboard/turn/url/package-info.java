/** STUN and TURN urls as browsers take them, and the hosts in them. */
@NullMarked
package dev.switchboard.turn.url;

import org.jspecify.annotations.NullMarked;
