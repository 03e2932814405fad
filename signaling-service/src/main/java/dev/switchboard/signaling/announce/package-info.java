/** Tells the rest of the house who is online. */
@NullMarked
package dev.switchboard.signaling.announce;

import org.jspecify.annotations.NullMarked;
