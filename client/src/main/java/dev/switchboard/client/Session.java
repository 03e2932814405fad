package dev.switchboard.client;

/**
 * What is kept of a session to resume it.
 *
 * @param ticket the newest one; a secret
 * @param seq the highest number that was seen
 */
record Session(String id, String ticket, String epoch, long seq) {

  static Session begun(Frame welcome) {
    return new Session(welcome.text("session"), welcome.text("ticket"), welcome.text("epoch"), 0);
  }

  Session resumed(Frame welcome) {
    return new Session(welcome.text("session"), welcome.text("ticket"), welcome.text("epoch"), seq);
  }

  Session seen(long number) {
    return new Session(id, ticket, epoch, Math.max(seq, number));
  }

  @Override
  public String toString() {
    return "session " + id + " at " + seq;
  }
}
