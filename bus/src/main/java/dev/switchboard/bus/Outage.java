package dev.switchboard.bus;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Says once that something began to fail and once that it works again, however often it is told.
 * Any thread.
 */
public final class Outage {

  private final Logger log;
  private final String what;
  private final AtomicBoolean on = new AtomicBoolean();

  /** Of something that has not failed yet; {@code what} begins the line of the log. */
  public Outage(Logger log, String what) {
    this.log = log;
    this.what = what;
  }

  /** It failed; the cause's message is logged, so it must hold no secret. */
  public void began(Throwable cause) {
    if (on.compareAndSet(false, true)) {
      log.warnf("%s: failing, will keep trying (%s)", what, cause.getMessage());
    } else {
      log.debugf("%s: still failing (%s)", what, cause.getMessage());
    }
  }

  /** It worked. */
  public void ended() {
    if (on.compareAndSet(true, false)) {
      log.infof("%s: works again", what);
    }
  }

  /** Whether it failed last. */
  public boolean isOn() {
    return on.get();
  }
}
