/**
 * Sessions that are kept when their sockets go: who they are, which rooms they are in, and what
 * waits for them. A change and what others are told of it are one step.
 */
@NullMarked
package dev.switchboard.signaling.ledger;

import org.jspecify.annotations.NullMarked;
