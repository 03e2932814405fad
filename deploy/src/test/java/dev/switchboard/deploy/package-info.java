/** What is deployed agrees with what is built: nobody finds out in a cluster. */
@NullMarked
package dev.switchboard.deploy;

import org.jspecify.annotations.NullMarked;
