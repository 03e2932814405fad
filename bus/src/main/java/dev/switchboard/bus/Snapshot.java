package dev.switchboard.bus;

import java.util.List;
import java.util.Map;

/**
 * All of a realm at one moment.
 *
 * @param id the version of the last change that is in it
 * @param sessions who is here, in no order
 * @param statuses what peers say of themselves, as JSON; also of some who are not here
 */
public record Snapshot(ChangeId id, List<OnlineSession> sessions, Map<String, String> statuses) {

  public Snapshot {
    sessions = List.copyOf(sessions);
    statuses = Map.copyOf(statuses);
  }
}
