package dev.switchboard.signaling.delivery;

import dev.switchboard.signaling.directory.Location;
import dev.switchboard.signaling.protocol.Address;
import dev.switchboard.signaling.protocol.Destination;
import dev.switchboard.signaling.protocol.Event;
import dev.switchboard.signaling.protocol.EventText;
import dev.switchboard.signaling.protocol.RoomId;
import dev.switchboard.signaling.protocol.Seat;
import dev.switchboard.signaling.protocol.SessionId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Letters as text: lines, and at the end what may itself have several. No name has a line break in
 * it, so nothing needs escaping; a payload is spliced in as it is, and out again without a copy.
 * What goes between nodes is a {@link Mail} of them, which has the version.
 *
 * <pre>
 * post                     or the word of a receipt: a parcel that comes back, without its payload
 * &lt;sent, in microseconds&gt;
 * &lt;traceparent, or nothing&gt;
 * &lt;node of the sender&gt;
 * &lt;session of the sender&gt;
 * &lt;sessions of the receivers, with spaces&gt;
 * p|r|s                    to a name, a room or a seat
 * &lt;realm&gt;
 * &lt;scope&gt;
 * &lt;name&gt;
 * &lt;event&gt;, as {@link EventText} has it
 * </pre>
 *
 * <p>A note has after the traceparent the sessions with their numbers, {@code <session>:<number>}
 * with spaces, and then the event.
 */
final class LetterCodec {

  private static final String POST = "post";
  private static final String NOTE = "note";

  private LetterCodec() {}

  static String write(Letter letter) {
    return switch (letter) {
      case Letter.Post(Parcel parcel, List<SessionId> receivers, long sent) -> {
        StringBuilder out = head(POST, sent, parcel);
        for (int i = 0; i < receivers.size(); i++) {
          out.append(i == 0 ? "" : " ").append(receivers.get(i).value());
        }
        write(out.append('\n'), parcel.to());
        yield EventText.write(out, parcel.event(), true).toString();
      }
      case Letter.Return(Parcel parcel, Receipt why) -> {
        StringBuilder out = head(why.word(), 0, parcel).append('\n');
        write(out, parcel.to());
        yield EventText.write(out, parcel.event(), false).toString();
      }
      case Letter.Note(Event event, String trace, List<Numbered> receivers, long sent) -> {
        StringBuilder out = head(NOTE, sent, trace);
        for (int i = 0; i < receivers.size(); i++) {
          Numbered receiver = receivers.get(i);
          out.append(i == 0 ? "" : " ")
              .append(receiver.at().session().value())
              .append(':')
              .append(receiver.number());
        }
        yield EventText.write(out.append('\n'), event, true).toString();
      }
    };
  }

  private static StringBuilder head(String kind, long sent, Parcel parcel) {
    return head(kind, sent, parcel.trace())
        .append(parcel.from().node())
        .append('\n')
        .append(parcel.from().session().value())
        .append('\n');
  }

  private static StringBuilder head(String kind, long sent, String trace) {
    return new StringBuilder(512)
        .append(kind)
        .append('\n')
        .append(sent)
        .append('\n')
        .append(trace)
        .append('\n');
  }

  private static void write(StringBuilder out, Destination to) {
    char kind =
        switch (to) {
          case Address _ -> 'p';
          case RoomId _ -> 'r';
          case Seat _ -> 's';
        };
    out.append(kind)
        .append('\n')
        .append(to.realm())
        .append('\n')
        .append(to.scope())
        .append('\n')
        .append(to.name())
        .append('\n');
  }

  /**
   * Reads a letter.
   *
   * @throws UnreadableLetter if it is none
   */
  static Letter read(String text) throws UnreadableLetter {
    try {
      return new Reader(text).letter();
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      throw new UnreadableLetter(UnreadableLetter.Why.NOISE);
    }
  }

  /** Goes through a letter, line by line. */
  private static final class Reader {

    private final String text;
    private int at;

    private Reader(String text) {
      this.text = text;
    }

    private Letter letter() {
      String kind = line();
      long sent = Long.parseLong(line());
      String trace = line();
      if (kind.equals(NOTE)) {
        List<Numbered> receivers = numbered();
        return new Letter.Note(EventText.read(text, at), trace, receivers, sent);
      }
      Location from = new Location(line(), new SessionId(line()));
      String receivers = line();
      Parcel parcel = new Parcel(destination(), from, EventText.read(text, at), trace);
      return kind.equals(POST)
          ? new Letter.Post(
              parcel, Arrays.stream(receivers.split(" ")).map(SessionId::new).toList(), sent)
          : new Letter.Return(parcel, Receipt.ofWord(kind));
    }

    private Destination destination() {
      String kind = line();
      String realm = line();
      String scope = line();
      String name = line();
      return switch (kind) {
        case "p" -> new Address(realm, scope, name);
        case "r" -> new RoomId(realm, scope, name);
        case "s" -> new Seat(realm, scope, new SessionId(name));
        default -> throw new IllegalArgumentException("no destination");
      };
    }

    private List<Numbered> numbered() {
      List<Numbered> receivers = new ArrayList<>();
      for (String receiver : line().split(" ", -1)) {
        int colon = receiver.indexOf(':');
        receivers.add(
            new Numbered(
                new Location("", new SessionId(receiver.substring(0, colon))),
                Long.parseLong(receiver.substring(colon + 1))));
      }
      return receivers;
    }

    private String line() {
      int end = text.indexOf('\n', at);
      String line = text.substring(at, end);
      at = end + 1;
      return line;
    }
  }
}
