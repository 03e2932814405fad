package dev.switchboard.presence.watch;

/**
 * One thing that a watcher is told.
 *
 * @param id where it can go on from after this; empty for where it was
 * @param name what it is: {@code snapshot}, {@code enter}, {@code update}, {@code leave}, {@code
 *     end}, or {@code heartbeat}
 * @param data as JSON
 */
record Telling(String id, String name, String data) {

  static final Telling HEARTBEAT = new Telling("", "heartbeat", "{}");

  /** The last one of who watches with a token that is over. */
  static final Telling EXPIRED = new Telling("", "end", "{\"reason\":\"token-expired\"}");

  /** The last one of a pod that stops. */
  static final Telling STOPPING = new Telling("", "end", "{\"reason\":\"stopping\"}");

  /** Whether nothing follows it. */
  boolean isLast() {
    return name.equals("end");
  }
}
