package dev.switchboard.turn.envelope;

import dev.switchboard.identity.ApiKeys;
import dev.switchboard.identity.Backend;
import dev.switchboard.identity.Problem;
import dev.switchboard.turn.credential.Holder;
import dev.switchboard.turn.ice.Ask;
import dev.switchboard.turn.ice.AskedTtl;
import dev.switchboard.turn.ice.Asks;
import dev.switchboard.turn.ice.Handout;
import dev.switchboard.turn.ice.IceDesk;
import dev.switchboard.turn.quota.Account;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/** Serves a backend on behalf of a peer. Never blocks. */
@ApplicationScoped
class BackendDesk {

  private static final int FRESH_BYTES = 8;

  private static final Pattern FRESH = Pattern.compile("[0-9a-f]{16}");

  private static final Problem WRONG_KEY = Problem.forbidden("The key is missing or wrong.");

  private final ApiKeys keys;
  private final Asks asks;
  private final IceDesk desk;
  private final SecureRandom random = new SecureRandom();

  BackendDesk(ApiKeys keys, Asks asks, IceDesk desk) {
    this.keys = keys;
    this.asks = asks;
    this.desk = desk;
  }

  /**
   * The ICE servers of the peer that a backend names.
   *
   * @param name empty for a fresh name that nobody else gets: {@code <id>-<16 hex digits>}
   */
  Uni<Handout> serve(Backend backend, Optional<String> name, Ask ask) {
    if (name.isPresent() && !backend.maySpeakFor(name.get())) {
      return refused(Problem.forbidden("This key is not for that name."));
    }
    return desk.serve(
        new Account.Key(backend.id()), backend.as(name.orElseGet(() -> fresh(backend))), ask);
  }

  /**
   * The same for a shape that carries everything in parameters: {@code key}, and at will {@code
   * username} and {@code ttl}.
   *
   * @param malformed what to answer to a ttl that is none
   * @param host a host that takes the place of that of the request
   */
  Uni<Handout> serve(
      Parameters parameters, HttpServerRequest request, Optional<String> host, Problem malformed) {
    Optional<Backend> backend =
        parameters.get("key").or(() -> parameters.get("api")).flatMap(keys::of);
    if (backend.isEmpty()) {
      return refused(WRONG_KEY);
    }
    return switch (parameters.ttl()) {
      case AskedTtl.Nonsense() -> refused(malformed);
      case AskedTtl.Life(Optional<Duration> life) -> {
        Ask ask = asks.of(request, life);
        yield serve(backend.get(), parameters.get("username"), host.map(ask::at).orElse(ask));
      }
    };
  }

  /**
   * Whether a backend may revoke a peer: one that it may speak for, or whose name it got here
   * fresh.
   */
  static boolean mayRevoke(Backend backend, Holder holder) {
    return backend.realm().equals(holder.realm())
        && (backend.maySpeakFor(holder.peer()) || isFresh(backend, holder.peer()));
  }

  private static Uni<Handout> refused(Problem problem) {
    return Uni.createFrom().item(new Handout.Refused(problem));
  }

  private static boolean isFresh(Backend backend, String peer) {
    String prefix = backend.id() + "-";
    return peer.startsWith(prefix) && FRESH.matcher(peer.substring(prefix.length())).matches();
  }

  private String fresh(Backend backend) {
    byte[] bytes = new byte[FRESH_BYTES];
    random.nextBytes(bytes);
    return backend.id() + "-" + HexFormat.of().formatHex(bytes);
  }
}
