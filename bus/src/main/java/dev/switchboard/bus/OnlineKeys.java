package dev.switchboard.bus;

import dev.switchboard.identity.Realm;
import java.util.regex.Pattern;

/**
 * Who is here, as it stands in Redis. Signaling alone writes sessions, in one of two ways: those
 * that it keeps over the loss of a socket are in its ledger, and all others under the nodes that
 * have them ({@link OnlineRegistry}). Presence reads both ({@link ChangeLog}), and writes what
 * peers say of themselves ({@link Statuses}). For each realm:
 *
 * <ul>
 *   <li>{@code switchboard:{<realm>}:changes}: a STREAM, bounded, of each change of a session or a
 *       room, written by the script that makes it: kind, session, scope, name, room, more; {@link
 *       Change} says what they mean. Its ids are the versions of what stands here.
 *   <li>{@code …:nodes}: a SET of the signaling nodes that have sessions of their own.
 *   <li>{@code …:beat:<node>}: exists as long as the node's lease. Once it does not, whoever looks
 *       first takes out what the node had, and tells: {@code gone}, for {@code node-lost}.
 *   <li>{@code …:online:<node>}: a HASH, session to <code>
 *       {"scope":…,"peer":…,"since":…,"meta":…,"rooms":{…}}</code>. The field of the empty name is
 *       written with all that a node has; a hash without it lost its beginning, and is written
 *       afresh.
 *   <li>{@code …:seen:<peer>}: when the peer was last seen, in milliseconds since 1970. It expires.
 *   <li>{@code …:status}: a HASH, peer to what it says of itself, as JSON; {@code …:status-due}: a
 *       ZSET of its fields by the time at which they are over.
 * </ul>
 *
 * <p>The realm in braces is the hash tag: on Redis Cluster all of a realm is in one slot.
 */
final class OnlineKeys {

  private static final Pattern SCOPE = Pattern.compile("[a-z0-9-]{1,32}");
  private static final Pattern NODE = Pattern.compile("[A-Za-z0-9._:-]{1,128}");

  private OnlineKeys() {}

  /** What all keys of a realm begin with. */
  static String prefix(Realm realm) {
    return "switchboard:{" + realm.name() + "}:";
  }

  static String changes(Realm realm) {
    return prefix(realm) + "changes";
  }

  static String seen(Realm realm, String peer) {
    return prefix(realm) + "seen:" + peer;
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
