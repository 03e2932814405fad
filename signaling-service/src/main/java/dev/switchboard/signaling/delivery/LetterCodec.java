package dev.switchboard.signaling.delivery;

import dev.switchboard.signaling.directory.Location;
import dev.switchboard.signaling.protocol.Address;
import dev.switchboard.signaling.protocol.Arrival;
import dev.switchboard.signaling.protocol.Destination;
import dev.switchboard.signaling.protocol.Event;
import dev.switchboard.signaling.protocol.Frame;
import dev.switchboard.signaling.protocol.Leaving;
import dev.switchboard.signaling.protocol.Member;
import dev.switchboard.signaling.protocol.Payload;
import dev.switchboard.signaling.protocol.Refusal;
import dev.switchboard.signaling.protocol.RoomId;
import dev.switchboard.signaling.protocol.Seat;
import dev.switchboard.signaling.protocol.SessionId;
import dev.switchboard.signaling.protocol.Signal;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * Letters as text: lines, and at the end what may itself have several. The first line is the
 * version. No name has a line break in it, so nothing needs escaping; a payload is spliced in as it
 * is, and out again without a copy.
 *
 * <pre>
 * 1
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
 * &lt;event&gt;, then what it has
 * </pre>
 */
final class LetterCodec {

  /** Raised when an older node could misread a letter. */
  private static final String VERSION = "1";

  private static final String POST = "post";

  private LetterCodec() {}

  static String write(Letter letter) {
    return switch (letter) {
      case Letter.Post(Parcel parcel, List<SessionId> receivers, long sent) -> {
        StringBuilder out = head(POST, sent, parcel);
        for (int i = 0; i < receivers.size(); i++) {
          out.append(i == 0 ? "" : " ").append(receivers.get(i).value());
        }
        write(out.append('\n'), parcel.to());
        yield write(out, parcel.event(), true).toString();
      }
      case Letter.Return(Parcel parcel, Receipt why) -> {
        StringBuilder out = head(why.word(), 0, parcel).append('\n');
        write(out, parcel.to());
        yield write(out, parcel.event(), false).toString();
      }
    };
  }

  private static StringBuilder head(String kind, long sent, Parcel parcel) {
    return new StringBuilder(512)
        .append(VERSION)
        .append('\n')
        .append(kind)
        .append('\n')
        .append(sent)
        .append('\n')
        .append(parcel.trace())
        .append('\n')
        .append(parcel.from().node())
        .append('\n')
        .append(parcel.from().session().value())
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

  private static StringBuilder write(StringBuilder out, Event event, boolean whole) {
    switch (event) {
      case Event.Received(String from, SessionId session, Signal signal, Payload payload) -> {
        lines(out, "received", from, session.value(), signal.word());
        if (whole) {
          payload.appendTo(out);
        }
      }
      case Event.HungUp(String from) -> lines(out, "hung-up", from);
      case Event.Undelivered(Refusal refusal) ->
          lines(out, "undelivered", refusal.reason().code(), refusal.subject());
      case Event.MemberJoined(String room, Member member, Arrival arrival) ->
          write(lines(out, "joined", room, arrival.word()), member);
      case Event.MemberUpdated(String room, Member member) ->
          write(lines(out, "updated", room), member);
      case Event.MemberLeft(String room, Member member, Leaving leaving) ->
          write(lines(out, "left", room, leaving.word()), member);
      case Event.Published(String room, Member from, Payload payload) -> {
        write(lines(out, "published", room), from);
        if (whole) {
          payload.appendTo(out);
        }
      }
      case Event.Reflected(Frame frame) -> {
        switch (frame) {
          case Frame.Text(String text) -> lines(out, "text").append(whole ? text : "");
          case Frame.Binary(byte[] bytes) ->
              lines(out, "binary").append(whole ? Base64.getEncoder().encodeToString(bytes) : "");
        }
      }
      case Event.Superseded _ -> lines(out, "superseded");
    }
    return out;
  }

  /** What it says of itself may have line breaks, so its length stands before it. */
  private static void write(StringBuilder out, Member member) {
    lines(
        out,
        member.session().value(),
        Long.toString(member.number()),
        member.name(),
        Integer.toString(member.meta().length()));
    out.append(member.meta());
  }

  private static StringBuilder lines(StringBuilder out, String... lines) {
    for (String line : lines) {
      out.append(line).append('\n');
    }
    return out;
  }

  /**
   * Reads a letter.
   *
   * @throws UnreadableLetter if it is of another version, or none at all
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

    private Letter letter() throws UnreadableLetter {
      if (!line().equals(VERSION)) {
        throw new UnreadableLetter(UnreadableLetter.Why.VERSION);
      }
      String kind = line();
      long sent = Long.parseLong(line());
      String trace = line();
      Location from = new Location(line(), new SessionId(line()));
      String receivers = line();
      Parcel parcel = new Parcel(destination(), from, event(), trace);
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

    private Event event() {
      return switch (line()) {
        case "received" ->
            new Event.Received(line(), new SessionId(line()), Signal.ofWord(line()), rest());
        case "hung-up" -> new Event.HungUp(line());
        case "undelivered" ->
            new Event.Undelivered(new Refusal(Refusal.Reason.ofCode(line()), line()));
        case "joined" -> joined(line(), Arrival.ofWord(line()));
        case "updated" -> new Event.MemberUpdated(line(), member());
        case "left" -> left(line(), Leaving.ofWord(line()));
        case "published" -> new Event.Published(line(), member(), rest());
        case "text" -> new Event.Reflected(new Frame.Text(text.substring(at)));
        case "binary" ->
            new Event.Reflected(new Frame.Binary(Base64.getDecoder().decode(text.substring(at))));
        case "superseded" -> new Event.Superseded();
        default -> throw new IllegalArgumentException("no event");
      };
    }

    private Event joined(String room, Arrival arrival) {
      return new Event.MemberJoined(room, member(), arrival);
    }

    private Event left(String room, Leaving leaving) {
      return new Event.MemberLeft(room, member(), leaving);
    }

    private Member member() {
      SessionId session = new SessionId(line());
      long number = Long.parseLong(line());
      String name = line();
      int length = Integer.parseInt(line());
      String meta = text.substring(at, at + length);
      at += length;
      return new Member(session, number, name, meta);
    }

    private Payload rest() {
      return new Payload(text, at, text.length());
    }

    private String line() {
      int end = text.indexOf('\n', at);
      String line = text.substring(at, end);
      at = end + 1;
      return line;
    }
  }
}
