/**
 * Answers STUN Binding requests (RFC 8489) over UDP and TCP. {@link
 * dev.switchboard.turn.stun.BindingResponder} decides what a message deserves and does no I/O;
 * {@link dev.switchboard.turn.stun.StunServer} owns the sockets. {@link
 * dev.switchboard.turn.stun.BindingClient} is the side that asks.
 */
@NullMarked
package dev.switchboard.turn.stun;

import org.jspecify.annotations.NullMarked;
