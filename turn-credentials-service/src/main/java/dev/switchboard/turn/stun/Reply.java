package dev.switchboard.turn.stun;

/** What a message deserves: an answer, or silence for a reason. */
sealed interface Reply permits Answer, Noise {}
