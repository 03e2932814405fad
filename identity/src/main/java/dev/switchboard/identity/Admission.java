package dev.switchboard.identity;

/** What the {@link Gate} answers. */
public sealed interface Admission {

  /** Come in. */
  record Admitted(Caller caller) implements Admission {}

  /** Not with this token, or not without one. */
  record Denied(Problem problem) implements Admission {}
}
