package dev.switchboard.signaling.directory;

import dev.switchboard.signaling.protocol.SessionId;
import jakarta.inject.Singleton;

/**
 * This process. Its id is new with each start, so that nothing of an earlier life is taken for its
 * own.
 */
@Singleton
public class Node {

  private final String id = SessionId.fresh().value();

  public String id() {
    return id;
  }
}
