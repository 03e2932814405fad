/**
 * Tells a browser its ICE servers. {@link dev.switchboard.turn.ice.IceDesk} decides what a caller
 * gets; a resource is one envelope around it, so that further envelopes, those of {@code envelope},
 * need no further desk.
 */
@NullMarked
package dev.switchboard.turn.ice;

import org.jspecify.annotations.NullMarked;
