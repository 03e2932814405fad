package dev.switchboard.signaling.directory;

/**
 * A node gives no sign of life any longer.
 *
 * @param unswept whether what it had is still there; told again and again until it is not
 */
public record NodeDied(String node, boolean unswept) {}
