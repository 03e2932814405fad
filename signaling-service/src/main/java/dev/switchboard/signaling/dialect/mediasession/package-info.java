/**
 * What pages of one user name speak: whole descriptions in a {@code createMediaSession} frame, or
 * anything else, to the others of that name. docs/dialects/mediasession.md has it whole.
 */
@NullMarked
package dev.switchboard.signaling.dialect.mediasession;

import org.jspecify.annotations.NullMarked;
