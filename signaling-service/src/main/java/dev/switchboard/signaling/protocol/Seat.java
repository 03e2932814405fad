package dev.switchboard.signaling.protocol;

/**
 * Where one session can be reached, whatever its peer is called.
 *
 * @param realm the tenant; nothing crosses realms
 * @param scope a dialect's part of the realm
 */
public record Seat(String realm, String scope, SessionId session) implements Destination {

  @Override
  public String name() {
    return session.value();
  }
}
