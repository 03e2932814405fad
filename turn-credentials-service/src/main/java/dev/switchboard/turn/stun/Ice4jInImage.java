package dev.switchboard.turn.stun;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

/**
 * What stands in a native image in the place of ice4j's {@code AgentConfig}. The codec asks it two
 * questions; to answer them it would read a configuration file by Kotlin's reflection, which is
 * half of the start and a fifth of the memory. The answers are those that {@link Ice4j} sees to on
 * the JVM.
 */
@Substitute
@TargetClass(className = "org.ice4j.ice.AgentConfig")
@SuppressWarnings({"unused", "ConstantName"}) // ice4j's code calls them, by its names
final class Ice4jInImage {

  @Substitute public static final Ice4jInImage config = new Ice4jInImage();

  @Substitute
  Ice4jInImage() {}

  /** No SOFTWARE in any message. */
  @Substitute
  public String getSoftware() {
    return "";
  }

  /** Addresses in texts stay whole; none of ours is logged. */
  @Substitute
  public boolean getRedactRemoteAddresses() {
    return false;
  }
}
