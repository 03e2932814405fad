package dev.switchboard.bus;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The version of a change: the id of its entry in the realm's stream. Of two changes of a realm the
 * later has the greater one, also after Redis lost the earlier.
 *
 * @param millis when, by Redis' clock, in milliseconds since 1970
 * @param number of the changes of one millisecond, from 0
 * @param part of several differences that were found at one version, from 1; 0 for the change
 *     itself
 */
public record ChangeId(long millis, long number, int part) implements Comparable<ChangeId> {

  /** Before every change. */
  public static final ChangeId NONE = new ChangeId(0, 0, 0);

  private static final Pattern TEXT = Pattern.compile("(\\d{1,18})-(\\d{1,18})(?:\\.(\\d{1,9}))?");
  private static final Comparator<ChangeId> ORDER =
      Comparator.comparingLong(ChangeId::millis)
          .thenComparingLong(ChangeId::number)
          .thenComparingInt(ChangeId::part);

  /** The one that was written so by {@link #toString}; nothing for any other text. */
  public static Optional<ChangeId> parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    return matcher.matches()
        ? Optional.of(
            new ChangeId(
                Long.parseLong(matcher.group(1)),
                Long.parseLong(matcher.group(2)),
                matcher.group(3) == null ? 0 : Integer.parseInt(matcher.group(3))))
        : Optional.empty();
  }

  /** The same version, a part of it. */
  public ChangeId part(int which) {
    return new ChangeId(millis, number, which);
  }

  @Override
  public int compareTo(ChangeId other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    String version = millis + "-" + number;
    return part == 0 ? version : version + "." + part;
  }
}
