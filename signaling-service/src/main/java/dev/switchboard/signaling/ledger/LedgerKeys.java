package dev.switchboard.signaling.ledger;

/**
 * The ledger as it stands in Redis. Signaling alone writes it. For each realm:
 *
 * <ul>
 *   <li>{@code switchboard:{<realm>}:ledger}: a HASH: its epoch, and a version that rises with each
 *       script. A node that has seen a higher one knows that Redis has lost something, and the
 *       epoch becomes another one.
 *   <li>{@code …:session:<id>}: a HASH: scope, name, meta; node and number of its attachment; seq,
 *       the number of the last event in its inbox, and acked; bytes, all that it was ever sent, and
 *       freed, what of it was acknowledged; id, its last command's; ticket, a hash, and before,
 *       those of tickets that are still good; exp, rooms, peers, as its token says; {@code
 *       in:<room>} for each it is in. begun, when it began, or was back after it had been away.
 *       Without a socket also since, why, and left, once it is out of its rooms.
 *   <li>{@code …:inbox:<id>}: a STREAM whose entries are numbered as events are: e, the event; b,
 *       the bytes so far; f and i, its sender and the id of its command.
 *   <li>{@code …:done:<id>}: a LIST of the last ids and what came of them.
 *   <li>{@code …:peer:<scope>:<name>}: a SET of sessions.
 *   <li>{@code …:room:<scope>:<room>}: a HASH, session to number, name and meta. The field of the
 *       empty name holds the highest number so far.
 *   <li>{@code …:held:<node>}: a SET: the sessions attached there. {@code …:keepers}: a SET of the
 *       nodes that may attach any; one that was swept is not in it.
 *   <li>{@code …:due}: a ZSET of sessions without a socket, by the time at which something happens.
 * </ul>
 *
 * <p>Each script also appends what it changes to the realm's stream of changes, whose layout the
 * bus has; its {@code snapshot.lua} reads sessions and rooms from here for those who follow them.
 *
 * <p>The realm in braces is the hash tag: on Redis Cluster all of a realm is in one slot. All times
 * are those of Redis' own clock.
 */
final class LedgerKeys {

  private LedgerKeys() {}

  static String prefix(String realm) {
    return "switchboard:{" + realm + "}:";
  }

  static String ledger(String realm) {
    return prefix(realm) + "ledger";
  }

  static String keepers(String realm) {
    return prefix(realm) + "keepers";
  }

  static String room(String realm, String scope, String room) {
    return prefix(realm) + "room:" + scope + ':' + room;
  }
}
