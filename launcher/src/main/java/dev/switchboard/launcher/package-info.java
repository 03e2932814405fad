/**
 * The whole house on one machine: a real Redis, coturn where it is installed, and the three
 * services as three processes, started and stopped together. For development; a cluster has its own
 * ways.
 */
@NullMarked
package dev.switchboard.launcher;

import org.jspecify.annotations.NullMarked;
