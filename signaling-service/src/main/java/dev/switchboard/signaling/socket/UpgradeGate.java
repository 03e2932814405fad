package dev.switchboard.signaling.socket;

import dev.switchboard.identity.Admission;
import dev.switchboard.identity.Caller;
import dev.switchboard.identity.Gate;
import dev.switchboard.identity.Problem;
import dev.switchboard.signaling.dialect.Dialect;
import dev.switchboard.signaling.dialect.Handshake;
import dev.switchboard.signaling.dialect.Opening;
import dev.switchboard.signaling.switchboard.Switchboard;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.quarkus.websockets.next.HttpUpgradeCheck;
import io.smallrye.mutiny.Uni;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
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

  /**
   * Answered here, with the one that was chosen. Vert.x would answer the first that it knows of
   * those on offer, whatever the path, and keep a list of all it knows with each socket.
   */
  private static final String PROTOCOL = "Sec-WebSocket-Protocol";

  private static final Logger LOG = Logger.getLogger(UpgradeGate.class);

  /** Quarkus' own filters run at 200 (authentication) and 100 (authorization). */
  private static final int AFTER_AUTHENTICATION = 50;

  private final Origins origins;
  private final Dialects dialects;
  private final Sockets sockets;
  private final Seats seats;
  private final Farewell farewell;
  private final Gate gate;
  private final Switchboard switchboard;
  private final MeterRegistry registry;

  UpgradeGate(
      Origins origins,
      Dialects dialects,
      Sockets sockets,
      Seats seats,
      Farewell farewell,
      Gate gate,
      Switchboard switchboard,
      MeterRegistry registry) {
    this.origins = origins;
    this.dialects = dialects;
    this.sockets = sockets;
    this.seats = seats;
    this.farewell = farewell;
    this.gate = gate;
    this.switchboard = switchboard;
    this.registry = registry;
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
            Leftovers.of(request);
          }
          request.next();
        },
        AFTER_AUTHENTICATION);
  }

  @Override
  public Uni<CheckResult> perform(HttpUpgradeContext context) {
    HttpServerRequest request = context.httpRequest();
    if (!origins.allow(request)) {
      return refused(UpgradeRefusal.ORIGIN);
    }
    Optional<Dialect> dialect = dialects.choose(request.path(), request.getHeader(PROTOCOL));
    if (dialect.isEmpty()) {
      return refused(UpgradeRefusal.SUBPROTOCOL);
    }
    if (!Carriers.agree(request)) {
      return refused(UpgradeRefusal.CARRIER);
    }
    if (sockets.areFull()) {
      return refused(UpgradeRefusal.POD_LIMIT);
    }
    if (farewell.hasBegun()) {
      return refused(UpgradeRefusal.DRAINING);
    }
    if (!switchboard.isOpen()) {
      return refused(UpgradeRefusal.UNAVAILABLE);
    }
    Handshake handshake = name -> Optional.ofNullable(request.getParam(name));
    return switch (dialect.get().open(handshake)) {
      case Opening.Refused _ -> refused(UpgradeRefusal.HANDSHAKE);
      case Opening.Accepted opening -> admit(context, dialect.get(), opening);
    };
  }

  private Uni<CheckResult> admit(
      HttpUpgradeContext context, Dialect dialect, Opening.Accepted opening) {
    Leftovers leftovers = Leftovers.ofThisRequest();
    return gate.admit(context.securityIdentity())
        .map(admission ->
            switch (admission) {
              case Admission.Admitted(Caller caller) ->
                  admit(context, leftovers, dialect, opening, Optional.of(caller));
              case Admission.Denied _ when mayBringItsTokenLater(context, dialect) ->
                  admit(context, leftovers, dialect, opening, Optional.empty());
              case Admission.Denied(Problem problem) -> refuse(UpgradeRefusal.of(problem));
            })
        .onFailure()
        .recoverWithItem(UpgradeGate::failed);
  }

  private static boolean mayBringItsTokenLater(HttpUpgradeContext context, Dialect dialect) {
    return dialect.introduction().isPresent()
        && !context.httpRequest().headers().contains(HttpHeaders.AUTHORIZATION);
  }

  private CheckResult admit(
      HttpUpgradeContext context,
      Leftovers leftovers,
      Dialect dialect,
      Opening.Accepted opening,
      Optional<Caller> caller) {
    HttpServerRequest request = context.httpRequest();
    Optional<UpgradeRefusal> refusal = seats.take(caller, request);
    if (refusal.isPresent()) {
      return refuse(refusal.get());
    }
    boolean asked = request.headers().contains(PROTOCOL);
    MultiMap headers = leftovers.drop(request.headers());
    context
        .userData()
        .put(Ticket.KEY, new Ticket(caller, dialect, opening, request.connection(), headers));
    return asked
        ? CheckResult.permitUpgradeSync(Map.of(PROTOCOL, List.of(dialect.subprotocol())))
        : CheckResult.permitUpgradeSync();
  }

  /**
   * Answered here, because Quarkus would log the target of the request, and a token may be in it.
   */
  private static CheckResult failed(Throwable failure) {
    LOG.error("an upgrade failed", failure);
    return CheckResult.rejectUpgradeSync(500);
  }

  private Uni<CheckResult> refused(UpgradeRefusal refusal) {
    return Uni.createFrom().item(refuse(refusal));
  }

  private CheckResult refuse(UpgradeRefusal refusal) {
    LOG.debugf("upgrade refused: %s", refusal.code());
    registry.counter("switchboard.upgrades.refused", "reason", refusal.code()).increment();
    return CheckResult.rejectUpgradeSync(refusal.status(), refusal.headers());
  }
}
