/** What was issued to whom: counted, logged, and told on a channel of Reactive Messaging. */
@NullMarked
package dev.switchboard.turn.audit;

import org.jspecify.annotations.NullMarked;
