/**
 * What the Socket.IO tutorials' pages speak, as plain JSON: join a room, talk to the others in it,
 * leave. docs/dialects/rooms.md has it whole.
 */
@NullMarked
package dev.switchboard.signaling.dialect.rooms;

import org.jspecify.annotations.NullMarked;
