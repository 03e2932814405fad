/**
 * What the services say to each other over Redis. The connector {@code switchboard-redis} carries
 * messages of Reactive Messaging over pub/sub; {@link dev.switchboard.bus.OnlineKeys} is the layout
 * of what signaling writes and presence reads.
 */
@NullMarked
package dev.switchboard.bus;

import org.jspecify.annotations.NullMarked;
