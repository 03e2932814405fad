/**
 * Answers STUN Binding requests (RFC 8489) over UDP. {@link
 * dev.switchboard.turn.stun.BindingResponder} decides what a datagram deserves and does no I/O;
 * {@link dev.switchboard.turn.stun.StunServer} owns the sockets.
 */
@NullMarked
package dev.switchboard.turn.stun;

import org.jspecify.annotations.NullMarked;
