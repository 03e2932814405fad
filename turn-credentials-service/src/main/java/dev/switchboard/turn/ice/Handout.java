package dev.switchboard.turn.ice;

import dev.switchboard.identity.Problem;

/** What the {@link IceDesk} answers. */
public sealed interface Handout {

  /** Here they are. */
  record Given(IceServers servers) implements Handout {}

  /** Not like this. */
  record Refused(Problem problem) implements Handout {}
}
