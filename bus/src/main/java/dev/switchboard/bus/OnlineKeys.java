package dev.switchboard.bus;

import dev.switchboard.identity.Realm;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who is online, as it stands in Redis. Signaling alone writes it ({@link OnlineRegistry}),
 * presence reads it ({@link OnlineReader}). For each realm:
 *
 * <ul>
 *   <li>{@code switchboard:{<realm>}:nodes}: a SET of the ids of the signaling nodes that have
 *       peers of this realm, and of some that had until they died.
 *   <li>{@code switchboard:{<realm>}:scopes}: a SET of the scopes in use, so that one peer is found
 *       without reading all of them.
 *   <li>{@code switchboard:{<realm>}:online:<node>}: a HASH of what one node has. It expires with
 *       the node's lease unless the node renews it, so a pod that dies takes its peers along: no
 *       ghosts. A field is {@code <scope>/<peer>}; a scope has no slash, so the first one splits. A
 *       value is <code>{"session":"…","since":"<ISO instant>"}</code>. The field of the empty name
 *       holds <code>{"started":"<ISO instant>"}</code> of the node. It is written with a whole
 *       snapshot only: a hash without it lost its beginning, and is written afresh.
 * </ul>
 *
 * <p>The two sets expire with the longest lease that a node told them. The realm in braces is the
 * hash tag: on Redis Cluster all of a realm is in one slot, which is what lets a script reach the
 * keys of nodes that it finds in the set.
 */
final class OnlineKeys {

  /** The reserved field that says that the hash is whole. */
  static final String WHOLE = "";

  private static final Pattern SCOPE = Pattern.compile("[a-z0-9-]{1,32}");
  private static final Pattern NODE = Pattern.compile("[A-Za-z0-9._:-]{1,128}");

  private OnlineKeys() {}

  static String nodes(Realm realm) {
    return prefix(realm) + "nodes";
  }

  static String scopes(Realm realm) {
    return prefix(realm) + "scopes";
  }

  /** What the key of any node's hash begins with. */
  static String online(Realm realm) {
    return prefix(realm) + "online:";
  }

  static String online(Realm realm, String node) {
    return online(realm) + node;
  }

  private static String prefix(Realm realm) {
    return "switchboard:{" + realm.name() + "}:";
  }

  static String field(String scope, String peer) {
    return requireScope(scope) + "/" + peer;
  }

  static String value(String session, Instant since) {
    return new JsonObject().put("session", session).put("since", since.toString()).encode();
  }

  static String whole(Instant started) {
    return new JsonObject().put("started", started.toString()).encode();
  }

  /** What a field and its value say; nothing for the reserved field and for what is not ours. */
  static Optional<OnlineSession> read(String field, String value) {
    int slash = field.indexOf('/');
    return slash < 1
        ? Optional.empty()
        : read(field.substring(0, slash), field.substring(slash + 1), value);
  }

  static Optional<OnlineSession> read(String scope, String peer, String value) {
    try {
      JsonObject entry = new JsonObject(value);
      @Nullable String session = entry.getString("session");
      @Nullable String since = entry.getString("since");
      return session == null || since == null
          ? Optional.empty()
          : Optional.of(new OnlineSession(scope, peer, session, Instant.parse(since)));
    } catch (DecodeException
        | ClassCastException
        | DateTimeParseException
        | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  static String requireScope(String scope) {
    if (!SCOPE.matcher(scope).matches()) {
      throw new IllegalArgumentException("a scope is 1 to 32 of a-z, 0-9 and hyphens");
    }
    return scope;
  }

  static String requireNode(String node) {
    if (!NODE.matcher(node).matches()) {
      throw new IllegalArgumentException(
          "a node id is 1 to 128 letters, digits, dots, colons, hyphens and underscores");
    }
    return node;
  }
}
