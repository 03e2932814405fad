package dev.switchboard.turn.stun;

/** What ice4j must be told before its configuration loads. */
final class Ice4j {

  private Ice4j() {}

  /**
   * Unless told not to, it adds SOFTWARE to every message, which makes them longer and tells
   * strangers what runs here.
   */
  static void leaveSoftwareOut() {
    System.setProperty("ice4j.software", "");
  }
}
