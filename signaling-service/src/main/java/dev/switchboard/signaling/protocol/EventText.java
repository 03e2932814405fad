package dev.switchboard.signaling.protocol;

import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;

/**
 * Events as text, between nodes and in Redis: lines, and at the end what may itself have several.
 * The first line says what it is. No name has a line break in it, so nothing needs escaping; a
 * payload is spliced in as it is, and out again without a copy.
 *
 * <pre>
 * received            from, session, signal; the payload
 * published           room, member; the payload
 * joined              room, arrival, member
 * updated             room, member
 * left                room, leaving, member
 * admitted            id, room, how many; so many members
 * unread              to, session, ids with spaces
 * hung-up             from
 * undelivered         code, subject
 * text, binary        a frame, a binary one as base64
 * superseded
 * </pre>
 *
 * <p>A member is its session, number, name, the length of its meta in UTF-16 units, and the meta.
 */
public final class EventText {

  private static final Comparator<Member> BY_ARRIVAL = Comparator.comparingLong(Member::number);

  private EventText() {}

  /** The whole of {@code event}. */
  public static String of(Event event) {
    return write(new StringBuilder(256), event, true).toString();
  }

  /**
   * Appends {@code event}.
   *
   * @param whole false to leave out its payload
   */
  public static StringBuilder write(StringBuilder out, Event event, boolean whole) {
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
      case Event.Admitted(String id, String room, List<Member> others) -> {
        lines(out, "admitted", id, room, Integer.toString(others.size()));
        others.forEach(member -> write(out, member));
      }
      case Event.Unread(String to, SessionId session, List<String> ids) ->
          lines(out, "unread", to, session.value(), String.join(" ", ids));
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
    lines(out, member.session().value(), Long.toString(member.number()));
    described(out, member.name(), member.meta());
  }

  /** A member without its session and number: what it is called, and what it says of itself. */
  public static String described(String name, String meta) {
    return described(new StringBuilder(64), name, meta).toString();
  }

  private static StringBuilder described(StringBuilder out, String name, String meta) {
    return lines(out, name, Integer.toString(meta.length())).append(meta);
  }

  private static StringBuilder lines(StringBuilder out, String... lines) {
    for (String line : lines) {
      out.append(line).append('\n');
    }
    return out;
  }

  /**
   * The event that begins at {@code at}.
   *
   * @throws IllegalArgumentException or {@link IndexOutOfBoundsException} if none does
   */
  public static Event read(String text, int at) {
    return new Reader(text, at).event();
  }

  /**
   * A member from what a room has of it.
   *
   * @param value its number, then as {@link #described}
   * @throws IllegalArgumentException or {@link IndexOutOfBoundsException} if it is none
   */
  public static Member member(String session, String value) {
    return new Reader(value, 0).member(new SessionId(session));
  }

  /** Goes through a text, line by line. */
  private static final class Reader {

    private final String text;
    private int at;

    private Reader(String text, int at) {
      this.text = text;
      this.at = at;
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
        case "admitted" -> new Event.Admitted(line(), line(), members(Integer.parseInt(line())));
        case "unread" ->
            new Event.Unread(line(), new SessionId(line()), List.of(line().split(" ", -1)));
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

    private List<Member> members(int many) {
      List<Member> members = new ArrayList<>();
      for (int i = 0; i < many; i++) {
        members.add(member());
      }
      members.sort(BY_ARRIVAL);
      return List.copyOf(members);
    }

    private Member member() {
      return member(new SessionId(line()));
    }

    private Member member(SessionId session) {
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
