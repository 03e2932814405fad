package dev.switchboard.signaling.directory;

import dev.switchboard.signaling.protocol.Address;
import dev.switchboard.signaling.protocol.Destination;
import dev.switchboard.signaling.protocol.Member;
import dev.switchboard.signaling.protocol.RoomId;
import dev.switchboard.signaling.protocol.Seat;
import dev.switchboard.signaling.protocol.SessionId;
import java.util.Optional;

/**
 * Who is where, as it stands in Redis. Signaling alone writes it. For each realm:
 *
 * <ul>
 *   <li>{@code switchboard:{<realm>}:members}: a SET of the nodes that may write here. A node that
 *       was swept is not in it, and each script refuses it.
 *   <li>{@code switchboard:{<realm>}:at:<tag>}: a HASH of one place, session to {@code
 *       number\nnode\nname\nmeta}. The field of the empty name holds the highest number so far. A
 *       tag is {@code p:<scope>:<name>} for a name, {@code r:…} for a room and {@code s:…} for a
 *       session's seat.
 *   <li>{@code switchboard:{<realm>}:by:<node>}: a SET of {@code tag\nsession}: what one node has,
 *       so that it can be swept.
 * </ul>
 *
 * <p>The realm in braces is the hash tag: on Redis Cluster all of a realm is in one slot, which is
 * what lets a script reach keys that it finds in others. Outside of it are {@code
 * {switchboard}:leases}, a HASH of nodes and the Redis time at which each counts as dead, whose
 * empty field is the epoch of this Redis' data and whose field {@code \n} the time of the last
 * beat, and {@code {switchboard}:realms}, a SET.
 */
final class PlaceKeys {

  static final String LEASES = "{switchboard}:leases";
  static final String REALMS = "{switchboard}:realms";

  private PlaceKeys() {}

  static String members(String realm) {
    return prefix(realm) + "members";
  }

  static String places(String realm) {
    return prefix(realm) + "at:";
  }

  static String place(Destination place) {
    return places(place.realm()) + tag(place);
  }

  /** What the keys of the places of nodes begin with. */
  static String byNode(String realm) {
    return prefix(realm) + "by:";
  }

  static String byNode(String realm, String node) {
    return byNode(realm) + node;
  }

  private static String prefix(String realm) {
    return "switchboard:{" + realm + "}:";
  }

  static String tag(Destination place) {
    String kind =
        switch (place) {
          case Address _ -> "p:";
          case RoomId _ -> "r:";
          case Seat _ -> "s:";
        };
    return kind + place.scope() + ':' + place.name();
  }

  /** The place that a tag names; empty for what is none. A scope has no colon. */
  static Optional<Destination> place(String realm, String tag) {
    String[] parts = tag.split(":", 3);
    if (parts.length < 3) {
      return Optional.empty();
    }
    return switch (parts[0]) {
      case "p" -> Optional.of(new Address(realm, parts[1], parts[2]));
      case "r" -> Optional.of(new RoomId(realm, parts[1], parts[2]));
      case "s" -> Optional.of(new Seat(realm, parts[1], new SessionId(parts[2])));
      default -> Optional.empty();
    };
  }

  /** What a field and its value say; empty for the counter and for what is not ours. */
  static Optional<Occupant> occupant(String session, String value) {
    String[] parts = value.split("\n", 4);
    if (session.isEmpty() || parts.length < 4) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Occupant(
              parts[1],
              new Member(new SessionId(session), Long.parseLong(parts[0]), parts[2], parts[3])));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
