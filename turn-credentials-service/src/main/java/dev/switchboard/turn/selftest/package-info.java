/**
 * Tells operators what a balancer in front of the STUN responder does to source addresses. {@link
 * dev.switchboard.turn.selftest.SelfTest} asks the configured urls as a client would.
 */
@NullMarked
package dev.switchboard.turn.selftest;

import org.jspecify.annotations.NullMarked;
