/** Who is here, as far as it has been told: state and events, without Redis and without clocks. */
@NullMarked
package dev.switchboard.presence.board;

import org.jspecify.annotations.NullMarked;
