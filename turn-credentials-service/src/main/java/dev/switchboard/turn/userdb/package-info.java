/**
 * coturn's user database in Redis: the secrets are written there, so that a rotation needs no
 * restart of coturn.
 */
@NullMarked
package dev.switchboard.turn.userdb;

import org.jspecify.annotations.NullMarked;
