package dev.switchboard.turn.stun;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import com.oracle.svm.core.annotate.TargetElement;

/**
 * What stands in a native image for ice4j's {@code AgentConfig}. The codec asks it two questions,
 * and it would read a configuration file by Kotlin's reflection to answer them: half of the start,
 * and a sixth of the memory. The answers are those that {@link Ice4j} sees to on the JVM.
 */
@TargetClass(className = "org.ice4j.ice.AgentConfig")
@SuppressWarnings("unused") // the image builder puts these in the place of ice4j's
final class Ice4jInImage {

  @Substitute
  @TargetElement(name = TargetElement.CONSTRUCTOR_NAME)
  Ice4jInImage() {}

  /** No SOFTWARE in any message. */
  @Substitute
  String getSoftware() {
    return "";
  }

  /** Addresses in texts stay whole; none of ours is logged. */
  @Substitute
  boolean getRedactRemoteAddresses() {
    return false;
  }
}
