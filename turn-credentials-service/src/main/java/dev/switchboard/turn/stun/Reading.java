package dev.switchboard.turn.stun;

/** What a datagram turned out to be. */
sealed interface Reading permits BindingRequest, Noise {}
