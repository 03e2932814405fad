package dev.switchboard.identity;

import jakarta.enterprise.context.RequestScoped;
import org.jspecify.annotations.Nullable;

/** The caller of the request at hand, on resources marked {@link Identified}. */
@RequestScoped
public class CurrentCaller {

  private @Nullable Caller caller;

  void set(Caller admitted) {
    this.caller = admitted;
  }

  /**
   * The caller that was admitted.
   *
   * @throws IllegalStateException on a resource that is not marked {@link Identified}
   */
  public Caller get() {
    if (caller == null) {
      throw new IllegalStateException("no caller: is the resource marked @Identified?");
    }
    return caller;
  }
}
