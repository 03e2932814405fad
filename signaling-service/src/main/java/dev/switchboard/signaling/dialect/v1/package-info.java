/**
 * Our own protocol: peers with several sessions, rooms, answers to every command, tokens in frames.
 * docs/protocol.md has it whole.
 */
@NullMarked
package dev.switchboard.signaling.dialect.v1;

import org.jspecify.annotations.NullMarked;
