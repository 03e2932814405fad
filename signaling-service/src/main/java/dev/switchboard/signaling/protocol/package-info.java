/**
 * What browsers ask for and what they are told, in no dialect's words. Imports the JDK alone.
 *
 * <p>{@link dev.switchboard.signaling.protocol.Command} and {@link
 * dev.switchboard.signaling.protocol.Event} are sealed; what may go wrong is in one catalogue,
 * {@link dev.switchboard.signaling.protocol.Refusal.Reason}, and how a socket ends is in another,
 * {@link dev.switchboard.signaling.protocol.CloseCode}.
 */
@NullMarked
package dev.switchboard.signaling.protocol;

import org.jspecify.annotations.NullMarked;
