/** Who is online and who was: read from Redis each time, kept nowhere else. */
@NullMarked
package dev.switchboard.presence.board;

import org.jspecify.annotations.NullMarked;
