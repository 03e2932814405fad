package dev.switchboard.turn.relay;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Where a test gets the relays of {@link RelayFleet}: one, two, and the stranger. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
@interface Fleet {}
