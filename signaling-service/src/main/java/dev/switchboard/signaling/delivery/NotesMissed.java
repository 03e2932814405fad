package dev.switchboard.signaling.delivery;

/** What other nodes have told this one meanwhile may be lost. */
public record NotesMissed() {}
