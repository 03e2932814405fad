@NullMarked
package dev.switchboard.bench.relay;

import org.jspecify.annotations.NullMarked;
