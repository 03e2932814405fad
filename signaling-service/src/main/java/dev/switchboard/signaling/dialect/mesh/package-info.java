/**
 * What pages of a full mesh speak: each is told who is there and who comes and goes, and signals
 * any other by its number. Text frames or CBOR. docs/dialects/mesh.md has it whole.
 */
@NullMarked
package dev.switchboard.signaling.dialect.mesh;

import org.jspecify.annotations.NullMarked;
