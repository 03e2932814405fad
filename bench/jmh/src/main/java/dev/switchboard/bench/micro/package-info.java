@NullMarked
package dev.switchboard.bench.micro;

import org.jspecify.annotations.NullMarked;
