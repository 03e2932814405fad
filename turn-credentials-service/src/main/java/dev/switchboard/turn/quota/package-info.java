/**
 * How many credentials a caller, a backend and an address get, counted in Redis for all pods, or in
 * a pod.
 */
@NullMarked
package dev.switchboard.turn.quota;

import org.jspecify.annotations.NullMarked;
