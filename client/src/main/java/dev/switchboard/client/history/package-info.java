/**
 * What clients lived through, and what the service's promises say of it. Histories are recorded on
 * one machine's monotonic clock and judged together when all is over.
 */
@NullMarked
package dev.switchboard.client.history;

import org.jspecify.annotations.NullMarked;
