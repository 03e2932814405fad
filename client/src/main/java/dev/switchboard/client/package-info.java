/**
 * A small client of protocol v1 that does what the protocol asks of clients: it resumes, sends
 * again what was not answered, acknowledges what it has read, and moves when its pod stops.
 */
@NullMarked
package dev.switchboard.client;

import org.jspecify.annotations.NullMarked;
