package dev.switchboard.signaling.directory;

/**
 * A node gives no sign of life; what it had is to be swept. Told by every other node, again and
 * again until it is.
 */
public record NodeDied(String node) {}
