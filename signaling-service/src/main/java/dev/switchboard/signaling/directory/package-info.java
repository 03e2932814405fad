/**
 * Where each session is: who holds which name. The memory twin serves one node; its contract test
 * is what any other twin must pass.
 */
@NullMarked
package dev.switchboard.signaling.directory;

import org.jspecify.annotations.NullMarked;
