/** What the page needs from its server: where the three services are. */
@NullMarked
package dev.switchboard.signaling.page;

import org.jspecify.annotations.NullMarked;
