package dev.switchboard.presence.watch;

import dev.switchboard.identity.Admission;
import dev.switchboard.identity.Gate;
import io.quarkus.websockets.next.HttpUpgradeCheck;
import io.quarkus.websockets.next.UserData;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpConnection;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Before a socket exists: who asks, as far as its headers say. A browser, which can set none,
 * brings its token in the first frame.
 */
@ApplicationScoped
class WatchGate implements HttpUpgradeCheck {

  /** What the upgrade established, for the socket that follows. */
  record Ticket(Admission admission, HttpConnection wire) {

    static final UserData.TypedKey<Ticket> KEY = new UserData.TypedKey<>("switchboard.ticket");
  }

  private final Gate gate;
  private final Lookout lookout;

  WatchGate(Gate gate, Lookout lookout) {
    this.gate = gate;
    this.lookout = lookout;
  }

  @Override
  public Uni<CheckResult> perform(HttpUpgradeContext context) {
    if (!lookout.hasRoom()) {
      return CheckResult.rejectUpgrade(503);
    }
    return gate.admit(context.securityIdentity())
        .map(admission -> {
          context
              .userData()
              .put(Ticket.KEY, new Ticket(admission, context.httpRequest().connection()));
          return CheckResult.permitUpgradeSync();
        });
  }
}
