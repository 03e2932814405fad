package dev.switchboard.signaling.socket;

import dev.switchboard.identity.Admission;
import dev.switchboard.identity.Gate;
import dev.switchboard.identity.Problem;
import dev.switchboard.signaling.dialect.Dialect;
import dev.switchboard.signaling.dialect.Handshake;
import dev.switchboard.signaling.dialect.Opening;
import dev.switchboard.signaling.protocol.Refusal;
import dev.switchboard.signaling.switchboard.Switchboard;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.quarkus.websockets.next.HttpUpgradeCheck;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jboss.logging.Logger;

/** What is checked before a socket exists. A refusal is an HTTP status. */
@ApplicationScoped
class UpgradeGate implements HttpUpgradeCheck {

  private static final Logger LOG = Logger.getLogger(UpgradeGate.class);

  /** Quarkus' own filters run at 200 (authentication) and 100 (authorization). */
  private static final int AFTER_AUTHENTICATION = 50;

  private final Origins origins;
  private final Dialects dialects;
  private final Sockets sockets;
  private final Gate gate;
  private final Switchboard switchboard;

  UpgradeGate(
      Origins origins, Dialects dialects, Sockets sockets, Gate gate, Switchboard switchboard) {
    this.origins = origins;
    this.dialects = dialects;
    this.sockets = sockets;
    this.gate = gate;
    this.switchboard = switchboard;
  }

  /**
   * Quarkus would answer a bad token by itself, and so would this gate: of two answers the second
   * is an error in the log. This gate's says more.
   */
  void answerAlone(@Observes Filters filters) {
    filters.register(
        request -> {
          if (request.request().headers().contains("Sec-WebSocket-Key")) {
            BiConsumer<RoutingContext, Throwable> leaveItToTheGate = (_, _) -> {};
            request.put(QuarkusHttpUser.AUTH_FAILURE_HANDLER, leaveItToTheGate);
          }
          request.next();
        },
        AFTER_AUTHENTICATION);
  }

  @Override
  public Uni<CheckResult> perform(HttpUpgradeContext context) {
    if (!origins.allow(context.httpRequest())) {
      LOG.debugf("upgrade refused: origin %s", context.httpRequest().getHeader("Origin"));
      return CheckResult.rejectUpgrade(403);
    }
    Optional<Dialect> dialect =
        dialects.choose(
            context.httpRequest().path(),
            context.httpRequest().getHeader("Sec-WebSocket-Protocol"));
    if (dialect.isEmpty()) {
      LOG.debug("upgrade refused: no such sub-protocol");
      return CheckResult.rejectUpgrade(400);
    }
    if (sockets.areFull()) {
      LOG.debug("upgrade refused: no room");
      return CheckResult.rejectUpgrade(503, Map.of("Retry-After", List.of("5")));
    }
    if (!switchboard.isOpen()) {
      LOG.debug("upgrade refused: Redis is gone");
      return CheckResult.rejectUpgrade(503, Map.of("Retry-After", List.of("5")));
    }
    Handshake handshake = name -> Optional.ofNullable(context.httpRequest().getParam(name));
    return switch (dialect.get().open(handshake)) {
      case Opening.Refused(Refusal refusal) -> {
        LOG.debugf("upgrade refused: %s", refusal.reason().code());
        yield CheckResult.rejectUpgrade(400);
      }
      case Opening.Accepted opening ->
          gate.admit(context.securityIdentity())
              .map(admission -> decide(context, dialect.get(), opening, admission));
    };
  }

  private static CheckResult decide(
      HttpUpgradeContext context, Dialect dialect, Opening.Accepted opening, Admission admission) {
    return switch (admission) {
      case Admission.Admitted(var caller) -> {
        context
            .userData()
            .put(
                Ticket.KEY,
                new Ticket(caller, dialect, opening, context.httpRequest().connection()));
        yield CheckResult.permitUpgradeSync();
      }
      case Admission.Denied(Problem problem) -> {
        LOG.debugf("upgrade refused: %s", problem.detail());
        yield CheckResult.rejectUpgradeSync(
            problem.status(), Map.of("WWW-Authenticate", List.of("Bearer")));
      }
    };
  }
}
