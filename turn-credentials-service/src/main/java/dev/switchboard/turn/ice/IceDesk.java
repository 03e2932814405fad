package dev.switchboard.turn.ice;

import dev.switchboard.identity.Caller;
import dev.switchboard.identity.Problem;
import dev.switchboard.turn.audit.Audit;
import dev.switchboard.turn.audit.CredentialIssued;
import dev.switchboard.turn.credential.Credential;
import dev.switchboard.turn.credential.Holder;
import dev.switchboard.turn.credential.Mint;
import dev.switchboard.turn.credential.Minted;
import dev.switchboard.turn.quota.Account;
import dev.switchboard.turn.quota.Quotas;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Decides what a caller gets, whatever envelope it asked for. Never blocks. */
@ApplicationScoped
public class IceDesk {

  private static final String NO_HOST = "The request's Host is no host name and no address.";

  private static final Problem NO_SECRET =
      Problem.unavailable("There is no valid secret to sign credentials with.");

  /** Who brought no token where none is needed. */
  private static final String ANONYMOUS = "anonymous";

  private final IceCatalogue catalogue;
  private final Lifetimes lifetimes;
  private final Revocations revocations;
  private final Quotas quotas;
  private final Mint mint;
  private final Audit audit;
  private final InstantSource clock;

  IceDesk(
      IceCatalogue catalogue,
      Lifetimes lifetimes,
      Revocations revocations,
      Quotas quotas,
      Mint mint,
      Audit audit,
      InstantSource clock) {
    this.catalogue = catalogue;
    this.lifetimes = lifetimes;
    this.revocations = revocations;
    this.quotas = quotas;
    this.mint = mint;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * The ICE servers of a caller.
   *
   * @param ask a region in it goes before that of the caller's token
   */
  public Uni<Handout> serve(Caller caller, Ask ask) {
    Account account =
        caller
            .name()
            .<Account>map(name -> new Account.Peer(caller.realm(), name))
            .orElseGet(Account.Anonymous::new);
    return serve(account, caller, ask);
  }

  /**
   * The same on the account of somebody else.
   *
   * @param caller who the credential is for
   */
  public Uni<Handout> serve(Account account, Caller caller, Ask ask) {
    if (quotas.areOff()) {
      return Uni.createFrom().item(decide(account, caller, ask));
    }
    return quotas
        .take(account, ask.address(), ask.answer())
        .map(problem ->
            problem
                .<Handout>map(Handout.Refused::new)
                .orElseGet(() -> decide(account, caller, ask)));
  }

  private Handout decide(Account account, Caller caller, Ask ask) {
    Optional<String> host = ask.host();
    if (catalogue.needsHost() && host.isEmpty()) {
      return refused(NO_HOST);
    }
    String peer = caller.name().orElse(ANONYMOUS);
    if (revocations.isRevoked(new Holder(caller.realm(), peer))) {
      return new Handout.Refused(Problem.forbidden("No more are issued to this name."));
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    Duration life = lifetimes.of(ask.life(), caller.grants());
    List<String> turn = catalogue.turn(host.orElse(""), ask.region().or(caller.grants()::region));
    if (turn.isEmpty() || !Lifetimes.allowTurn(caller.grants())) {
      return given(now, now.plus(life), stun(host));
    }
    return switch (mint.mint(caller.realm(), peer, now, life)) {
      case Minted.NameTooLong() -> refused("The name is too long for a TURN user name.");
      case Minted.NoSecret() -> new Handout.Refused(NO_SECRET);
      case Minted.Signed(Credential credential) -> {
        audit.record(
            new CredentialIssued(
                now, caller.realm(), peer, account.backend(), credential.expiresAt()),
            credential);
        List<IceServer> servers = stun(host);
        servers.add(IceServer.turn(turn, credential));
        yield given(now, credential.expiresAt(), servers);
      }
    };
  }

  private Handout given(Instant now, Instant end, List<IceServer> servers) {
    return new Handout.Given(IceServers.between(now, end, servers, catalogue.policy()));
  }

  private List<IceServer> stun(Optional<String> host) {
    List<IceServer> servers = new ArrayList<>();
    List<String> urls = catalogue.stun(host.orElse(""));
    if (!urls.isEmpty()) {
      servers.add(IceServer.stun(urls));
    }
    return servers;
  }

  private static Handout refused(String detail) {
    return new Handout.Refused(Problem.badRequest(detail));
  }
}
