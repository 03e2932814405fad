/**
 * The one strict pass over a frame: it proves that the text is JSON (RFC 8259) within a depth,
 * finds the members of the outermost object and leaves their values where they are.
 */
@NullMarked
package dev.switchboard.signaling.dialect.json;

import org.jspecify.annotations.NullMarked;
