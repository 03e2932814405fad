package dev.switchboard.client;

/**
 * What is kept of a session to resume it.
 *
 * @param ticket the newest one; a secret
 * @param seq the highest number that was seen
 */
record Session(String id, String ticket, String epoch, long seq) {

  /**
   * Counts from where the service does: from 0, or in a session of before from what is left of it.
   */
  static Session begun(Frame welcome) {
    return begun(welcome, welcome.number("seq"));
  }

  private static Session begun(Frame welcome, long seq) {
    return new Session(welcome.text("session"), welcome.text("ticket"), welcome.text("epoch"), seq);
  }

  Session resumed(Frame welcome) {
    return begun(welcome, seq);
  }

  Session seen(long number) {
    return new Session(id, ticket, epoch, Math.max(seq, number));
  }

  @Override
  public String toString() {
    return "session " + id + " at " + seq;
  }
}
