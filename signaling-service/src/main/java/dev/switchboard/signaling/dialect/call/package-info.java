/**
 * What the clients of a hundred tutorials speak: log in under a name, call another name with an
 * offer, take the call with an answer, trade candidates, leave. docs/dialects/call.md has it whole.
 */
@NullMarked
package dev.switchboard.signaling.dialect.call;

import org.jspecify.annotations.NullMarked;
