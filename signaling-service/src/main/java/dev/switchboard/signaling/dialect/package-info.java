/**
 * How a client's words become commands and events become its words. A dialect is one package below
 * this one; wire words live nowhere else.
 */
@NullMarked
package dev.switchboard.signaling.dialect;

import org.jspecify.annotations.NullMarked;
