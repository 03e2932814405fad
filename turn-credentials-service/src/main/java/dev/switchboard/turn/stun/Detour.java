package dev.switchboard.turn.stun;

import java.net.InetSocketAddress;

/**
 * An answer, which the caller's buffer holds, that is to take another way than the request came
 * (RFC 5780, section 6.1).
 *
 * @param from the place of this responder that sends it
 * @param to where it goes: the address of the source, and perhaps another port
 */
record Detour(InetSocketAddress from, InetSocketAddress to) implements Reply {}
