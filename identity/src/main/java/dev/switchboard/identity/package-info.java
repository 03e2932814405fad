/**
 * Who is calling, and what may they do. {@link dev.switchboard.identity.Gate} turns what a request
 * carried into a {@link dev.switchboard.identity.Caller} or a {@link
 * dev.switchboard.identity.Problem}; all three services ask it, so one token opens all of them.
 */
@NullMarked
package dev.switchboard.identity;

import org.jspecify.annotations.NullMarked;
