package dev.switchboard.signaling.dialect.v1;

import dev.switchboard.signaling.dialect.json.Text;
import dev.switchboard.signaling.protocol.Event;
import dev.switchboard.signaling.protocol.Member;
import dev.switchboard.signaling.protocol.Outcome;
import dev.switchboard.signaling.protocol.Payload;
import dev.switchboard.signaling.protocol.PeerName;
import dev.switchboard.signaling.protocol.Refusal;
import dev.switchboard.signaling.protocol.SessionId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The frames that clients are sent. */
final class FrameWriter {

  private static final String FEATURES = "[\"roster\",\"update\",\"token\",\"resume\",\"drain\"]";

  private final Duration heartbeat;

  FrameWriter(Duration heartbeat) {
    this.heartbeat = heartbeat;
  }

  String welcome(Outcome.Welcomed welcomed) {
    StringBuilder out = frame("welcome");
    Text.quote(out.append(",\"self\":"), welcomed.name());
    out.append(",\"session\":\"")
        .append(welcomed.session())
        .append("\",\"ticket\":\"")
        .append(welcomed.ticket())
        .append("\",\"epoch\":\"")
        .append(welcomed.epoch())
        .append("\",\"seq\":")
        .append(welcomed.seq())
        .append(",\"resumed\":")
        .append(welcomed.resumed())
        .append(",\"recovered\":")
        .append(welcomed.recovered())
        .append(",\"rooms\":[");
    for (int i = 0; i < welcomed.rooms().size(); i++) {
      Text.quote(i == 0 ? out : out.append(','), welcomed.rooms().get(i));
    }
    return out.append("],\"heartbeat\":")
        .append(heartbeat.toSeconds())
        .append(",\"features\":")
        .append(FEATURES)
        .append('}')
        .toString();
  }

  String done(String id) {
    return ok(id).append('}').toString();
  }

  String admitted(SessionId self, long seq, Event.Admitted admitted) {
    StringBuilder out = ok(admitted.id()).append(",\"seq\":").append(seq);
    return peers(out, self, admitted.others()).append('}').toString();
  }

  /** The client itself is no news to it, and left out. */
  String listed(SessionId self, String id, Outcome.Listed listed) {
    List<Member> members = listed.members();
    List<Member> others =
        members.stream().filter(member -> !member.session().equals(self)).toList();
    StringBuilder out = peers(ok(id), self, others);
    if (listed.more()) {
      out.append(",\"cursor\":").append(members.getLast().number());
    }
    return out.append('}').toString();
  }

  private static StringBuilder peers(StringBuilder out, SessionId self, List<Member> members) {
    out.append(",\"peers\":[");
    for (int i = 0; i < members.size(); i++) {
      out.append(i == 0 ? "{" : ",{");
      Member member = members.get(i);
      peer(out, "peer", self, member.name(), member.session());
      meta(out, member).append('}');
    }
    return out.append(']');
  }

  String member(String type, SessionId self, long seq, String room, Member member) {
    StringBuilder out = inRoom(type, seq, room).append(',');
    peer(out, "peer", self, member.name(), member.session());
    return meta(out, member).append('}').toString();
  }

  String left(long seq, Event.MemberLeft left) {
    Member member = left.member();
    StringBuilder out = inRoom("peer-left", seq, left.room());
    Text.quote(out.append(",\"peer\":"), member.name());
    return out.append(",\"session\":\"")
        .append(member.session())
        .append("\",\"reason\":\"")
        .append(left.leaving().word())
        .append("\"}")
        .toString();
  }

  String received(SessionId self, long seq, Event.Received received) {
    StringBuilder out = frame("signal").append(",\"seq\":").append(seq).append(',');
    peer(out, "from", self, received.from(), received.session());
    return data(out, received.payload());
  }

  String published(SessionId self, long seq, Event.Published published) {
    StringBuilder out = inRoom("signal", seq, published.room()).append(',');
    peer(out, "from", self, published.from().name(), published.from().session());
    return data(out, published.payload());
  }

  private static String data(StringBuilder out, Payload payload) {
    out.ensureCapacity(out.length() + payload.length() + 16);
    payload.appendTo(out.append(",\"data\":"));
    return out.append('}').toString();
  }

  String unread(long seq, Event.Unread unread) {
    StringBuilder out = frame("undelivered").append(",\"seq\":").append(seq);
    Text.quote(out.append(",\"to\":"), unread.to());
    return out.append(",\"session\":\"")
        .append(unread.session())
        .append("\",\"ids\":[")
        .append(String.join(",", unread.ids()))
        .append("]}")
        .toString();
  }

  String draining(Duration within) {
    return frame("drain").append(",\"within\":").append(within.toMillis()).append('}').toString();
  }

  String expiring(Duration left) {
    return frame("token-expiring")
        .append(",\"in\":")
        .append(left.toSeconds())
        .append('}')
        .toString();
  }

  String error(Optional<String> id, Refusal refusal) {
    StringBuilder out = frame("error");
    id.ifPresent(n -> out.append(",\"id\":").append(n));
    out.append(",\"code\":\"").append(refusal.reason().code());
    Text.quote(out.append("\",\"message\":"), words(refusal));
    return out.append(",\"retry\":").append(refusal.reason().retry()).append('}').toString();
  }

  private static StringBuilder frame(String type) {
    return new StringBuilder(192).append("{\"type\":\"").append(type).append('"');
  }

  private static StringBuilder ok(String id) {
    return frame("ok").append(",\"id\":").append(id);
  }

  private static StringBuilder inRoom(String type, long seq, String room) {
    StringBuilder out = frame(type).append(",\"seq\":").append(seq).append(",\"room\":");
    return Text.quote(out, room);
  }

  /** Of two sessions the one with the smaller id is polite, as ASCII compares them. */
  private static void peer(
      StringBuilder out, String key, SessionId self, String name, SessionId session) {
    Text.quote(out.append('"').append(key).append("\":"), name);
    out.append(",\"session\":\"")
        .append(session)
        .append("\",\"polite\":")
        .append(self.value().compareTo(session.value()) < 0);
  }

  private static StringBuilder meta(StringBuilder out, Member member) {
    return member.meta().isEmpty() ? out : out.append(",\"meta\":").append(member.meta());
  }

  private static String words(Refusal refusal) {
    String subject = refusal.subject();
    return switch (refusal.reason()) {
      case MALFORMED -> "This is no JSON object.";
      case DUPLICATE_KEY -> "A key stands twice: " + subject;
      case BAD_FIELD -> "Missing, or not as it has to be: " + subject;
      case UNKNOWN_COMMAND -> "Not known, or not now: " + subject;
      case BAD_NAME -> PeerName.RULE;
      case NAME_TAKEN -> "There are as many sessions of this name as there may be.";
      case NOT_YOUR_NAME -> "Your token is for another name.";
      case BAD_TOKEN -> subject;
      case NO_NAME -> "Say hello first.";
      case UNKNOWN_PEER -> "Nobody is there: " + subject;
      case FORBIDDEN -> "Not allowed by the grants of one of you: " + subject;
      case BUSY -> "Too busy: " + subject;
      case BAD_ROOM ->
          "A room's name has 1 to 128 characters, no control characters and no space at either end.";
      case ROOM_FULL -> "The room is full: " + subject;
      case TOO_MANY_ROOMS -> "You are in too many rooms.";
      case NOT_IN_ROOM -> "You are not in the room: " + subject;
      case BACKLOG -> "Too much waits to be read: " + subject;
      case BAD_TICKET -> "There is no such session; say hello with a name.";
      case UNAVAILABLE -> "Not possible for now.";
      case RATE_LIMITED -> "Too many frames.";
    };
  }
}
