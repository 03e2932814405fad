package dev.switchboard.turn.ice;

import dev.switchboard.identity.Caller;
import dev.switchboard.identity.Problem;
import dev.switchboard.turn.credential.Credential;
import dev.switchboard.turn.credential.Holder;
import dev.switchboard.turn.credential.Mint;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Decides what a caller gets, whatever envelope it asked for. Computes and never waits. */
@ApplicationScoped
public class IceDesk {

  private static final String NO_HOST = "The request's Host is no host name and no address.";

  /** Who brought no token where none is needed. */
  private static final String ANONYMOUS = "anonymous";

  private final IceCatalogue catalogue;
  private final Lifetimes lifetimes;
  private final Revocations revocations;
  private final Mint mint;
  private final Issues issues;
  private final InstantSource clock;

  IceDesk(
      IceCatalogue catalogue,
      Lifetimes lifetimes,
      Revocations revocations,
      Mint mint,
      Issues issues,
      InstantSource clock) {
    this.catalogue = catalogue;
    this.lifetimes = lifetimes;
    this.revocations = revocations;
    this.mint = mint;
    this.issues = issues;
    this.clock = clock;
  }

  /**
   * The ICE servers of a caller.
   *
   * @param host where it sent its request, empty if it did not say so properly
   * @param asked the life it asked for, positive; empty for the usual
   */
  public Handout serve(Caller caller, Optional<String> host, Optional<Duration> asked) {
    if (catalogue.needsHost() && host.isEmpty()) {
      return refused(NO_HOST);
    }
    String peer = caller.name().orElse(ANONYMOUS);
    if (revocations.isRevoked(new Holder(caller.realm(), peer))) {
      return new Handout.Refused(Problem.forbidden("No more are issued to this name."));
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    Duration life = lifetimes.of(asked, caller.grants());
    List<IceServer> servers = new ArrayList<>();
    addStun(servers, host.orElse(""));
    List<String> turn = catalogue.turn(host.orElse(""));
    if (!turn.isEmpty() && Lifetimes.allowTurn(caller.grants())) {
      Optional<Credential> credential = mint.mint(caller.realm(), peer, now.plus(life));
      if (credential.isEmpty()) {
        return refused("The name is too long for a TURN user name.");
      }
      servers.add(IceServer.turn(turn, credential.get()));
      issues.record(credential.get(), life);
    }
    return new Handout.Given(IceServers.issuedAt(now, life, servers, catalogue.policy()));
  }

  private void addStun(List<IceServer> servers, String host) {
    List<String> urls = catalogue.stun(host);
    if (!urls.isEmpty()) {
      servers.add(IceServer.stun(urls));
    }
  }

  private static Handout refused(String detail) {
    return new Handout.Refused(Problem.badRequest(detail));
  }
}
