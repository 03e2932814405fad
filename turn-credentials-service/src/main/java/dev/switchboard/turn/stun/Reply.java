package dev.switchboard.turn.stun;

/** What a message deserves: an answer, one that takes another way, or silence for a reason. */
sealed interface Reply permits Answer, Detour, Noise {}
