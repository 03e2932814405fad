/** The whole house as its users have it: started by the front script, used in real browsers. */
@NullMarked
package dev.switchboard.e2e;

import org.jspecify.annotations.NullMarked;
