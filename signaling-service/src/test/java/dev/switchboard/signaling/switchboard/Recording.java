package dev.switchboard.signaling.switchboard;

import dev.switchboard.signaling.protocol.CloseCode;
import dev.switchboard.signaling.protocol.Event;
import dev.switchboard.signaling.protocol.SessionId;
import java.util.ArrayList;
import java.util.List;

/** A client's end, in memory: what it was told, in order, be it an outcome or an event. */
final class Recording implements Outlet {

  final List<Object> got = new ArrayList<>();

  @Override
  public boolean offer(SessionId self, Event event) {
    return got.add(event);
  }

  @Override
  public boolean offer(SessionId self, long number, Event event) {
    return got.add(event);
  }

  @Override
  public boolean wasCut() {
    return false;
  }

  @Override
  public void close(CloseCode code) {
    got.add(code);
  }
}
