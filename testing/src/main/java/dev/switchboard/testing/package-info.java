/** What the tests of every module share: the house rules, a real Redis, signed tokens. */
@NullMarked
package dev.switchboard.testing;

import org.jspecify.annotations.NullMarked;
