/** How state and events look as JSON, whichever way they are asked for. */
@NullMarked
package dev.switchboard.presence.view;

import org.jspecify.annotations.NullMarked;
