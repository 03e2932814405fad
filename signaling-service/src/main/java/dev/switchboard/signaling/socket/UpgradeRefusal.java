package dev.switchboard.signaling.socket;

import dev.switchboard.identity.Problem;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Why there is no socket: the one catalogue of refusals before the upgrade. */
enum UpgradeRefusal {
  /** A page of another origin. */
  ORIGIN(403),
  /** No dialect of this path has one of the sub-protocols. */
  SUBPROTOCOL(400),
  /** The dialect needs to know more than the request says. */
  HANDSHAKE(400),
  /** A carrier of something else than a token, or two tokens that differ. */
  CARRIER(400),
  /** No token where one is needed, or none that is valid. */
  TOKEN(401, "WWW-Authenticate", "Bearer"),
  /** The keys to check tokens with are at an address that has not answered yet. */
  KEYS_OUT_OF_REACH(503, "Retry-After", "5"),
  /** Redis, which would have to know of the session, is gone. */
  UNAVAILABLE(503, "Retry-After", "5"),
  /** The pod is about to stop. */
  DRAINING(503, "Retry-After", "1"),
  /** As many sockets as the pod may have. */
  POD_LIMIT(503, "Retry-After", "5"),
  /** As many sockets as the peer may have. */
  PEER_LIMIT(429, "Retry-After", "5"),
  /** As many sockets as the address may have. */
  ADDRESS_LIMIT(429, "Retry-After", "5");

  private final int status;
  private final String header;
  private final String value;

  UpgradeRefusal(int status) {
    this(status, "", "");
  }

  UpgradeRefusal(int status, String header, String value) {
    this.status = status;
    this.header = header;
    this.value = value;
  }

  /** What the gate's problem is here. */
  static UpgradeRefusal of(Problem problem) {
    return problem.status() == KEYS_OUT_OF_REACH.status ? KEYS_OUT_OF_REACH : TOKEN;
  }

  int status() {
    return status;
  }

  Map<String, List<String>> headers() {
    return header.isEmpty() ? Map.of() : Map.of(header, List.of(value));
  }

  /** The word for logs and metrics. */
  String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
