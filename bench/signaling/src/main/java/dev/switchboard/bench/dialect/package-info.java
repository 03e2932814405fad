@NullMarked
package dev.switchboard.bench.dialect;

import org.jspecify.annotations.NullMarked;
