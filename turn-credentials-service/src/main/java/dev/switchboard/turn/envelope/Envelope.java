package dev.switchboard.turn.envelope;

import jakarta.ws.rs.NameBinding;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** On a resource: it is there only while its shape is switched on. */
@NameBinding
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@interface Envelope {

  /** The shape of the resource; {@link EnvelopeFilter}, which is for all of them, names none. */
  Shape[] value() default {};
}
