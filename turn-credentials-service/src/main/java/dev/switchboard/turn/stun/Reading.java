package dev.switchboard.turn.stun;

/** What a message turned out to be. */
sealed interface Reading permits BindingRequest, Noise {}
