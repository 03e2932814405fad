package dev.switchboard.signaling.announce;

import dev.switchboard.signaling.protocol.Address;
import dev.switchboard.signaling.protocol.SessionId;
import jakarta.enterprise.context.ApplicationScoped;

/** Tells nobody. */
@ApplicationScoped
class Silence implements Announcer {

  @Override
  public void entered(Address address, SessionId session) {}

  @Override
  public void left(Address address, SessionId session) {}
}
