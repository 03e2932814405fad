/**
 * ICE servers in the shapes that clients of other services already read. Each shape is one resource
 * around {@link dev.switchboard.turn.ice.IceDesk}, off until it is configured, and has the
 * authentication of its kind. Browsers of other origins are not served: these are for backends.
 */
@NullMarked
package dev.switchboard.turn.envelope;

import org.jspecify.annotations.NullMarked;
