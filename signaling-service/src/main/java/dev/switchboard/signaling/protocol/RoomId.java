package dev.switchboard.signaling.protocol;

/**
 * A room: whoever is in it hears what the others publish there.
 *
 * @param realm the tenant; nothing crosses realms
 * @param scope a dialect's part of the realm
 * @param name what clients call it, as {@link PeerName} allows it
 */
public record RoomId(String realm, String scope, String name) implements Destination {}
