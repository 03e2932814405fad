package dev.switchboard.launcher;

/** What came of starting a part of the house. */
sealed interface Started {

  /** It runs; the note says where. */
  record Running(Child child, String note) implements Started {}

  /** It is not needed, or not to be had; the note says what that means. */
  record Without(String note) implements Started {}

  /** It does not run, for a reason in one line. Nothing of it is left. */
  record Failed(String reason) implements Started {}
}
