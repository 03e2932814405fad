package dev.switchboard.presence.board;

import java.util.Comparator;

/** A session in a room. */
public record Member(String peer, String session) implements Comparable<Member> {

  private static final Comparator<Member> ORDER =
      Comparator.comparing(Member::peer).thenComparing(Member::session);

  @Override
  public int compareTo(Member other) {
    return ORDER.compare(this, other);
  }
}
