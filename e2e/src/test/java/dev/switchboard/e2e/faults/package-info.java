/** Pods, Redis and networks that fail under load, and what clients of protocol v1 saw of it. */
@NullMarked
package dev.switchboard.e2e.faults;

import org.jspecify.annotations.NullMarked;
