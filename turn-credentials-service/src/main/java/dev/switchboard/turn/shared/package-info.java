/** What pods know in common, through Redis, if they are told to. */
@NullMarked
package dev.switchboard.turn.shared;

import org.jspecify.annotations.NullMarked;
