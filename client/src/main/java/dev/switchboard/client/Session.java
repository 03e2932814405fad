package dev.switchboard.client;

/**
 * What is kept of a session to resume it.
 *
 * @param ticket the newest one; a secret
 * @param seq the highest number that was seen, or {@link #UNCOUNTED}
 */
record Session(String id, String ticket, String epoch, long seq) {

  /** The next number is as good as any: the session is an old one, and not all of it is there. */
  static final long UNCOUNTED = -1;

  static Session begun(Frame welcome) {
    return begun(welcome, welcome.flag("resumed") ? UNCOUNTED : 0);
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
