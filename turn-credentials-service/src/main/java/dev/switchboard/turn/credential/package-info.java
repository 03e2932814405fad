/**
 * TURN credentials: one {@link dev.switchboard.turn.credential.Mint} signs them all, whatever
 * envelope they are handed out in.
 */
@NullMarked
package dev.switchboard.turn.credential;

import org.jspecify.annotations.NullMarked;
