/**
 * WebSockets: who may open one, what arrives on it, and the bounded outbox of what leaves. Knows
 * every dialect by its interface alone.
 */
@NullMarked
package dev.switchboard.signaling.socket;

import org.jspecify.annotations.NullMarked;
