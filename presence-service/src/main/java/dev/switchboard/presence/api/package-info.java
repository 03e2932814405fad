/** The REST interface: who may ask what, and how the answer looks. */
@NullMarked
package dev.switchboard.presence.api;

import org.jspecify.annotations.NullMarked;
