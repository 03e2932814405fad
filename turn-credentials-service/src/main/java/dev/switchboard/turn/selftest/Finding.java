package dev.switchboard.turn.selftest;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.switchboard.turn.stun.Sighting;
import java.net.Inet6Address;
import java.net.InetAddress;

/** What one answer, or its absence, says about the way to the responder. */
public enum Finding {
  /** Nothing on the way translates sources. */
  @JsonProperty("preserved")
  PRESERVED("The responder saw the address that this pod sent from."),
  /** Perhaps the NAT of this network, perhaps the balancer: its address tells which. */
  @JsonProperty("translated")
  TRANSLATED(
      "The responder saw another public address than this pod sent from. That is well if it is"
          + " this network's way out; if it is the balancer's, browsers are told the balancer's"
          + " address."),
  /** What browsers that come this way are told is of no use to them. */
  @JsonProperty("translated-to-private")
  TRANSLATED_TO_PRIVATE(
      "The responder saw a private address that this pod did not send from. If browsers come the"
          + " same way, they are told an address that nobody can reach: let the balancer keep"
          + " source addresses."),
  @JsonProperty("no-answer")
  NO_ANSWER("No answer came in time."),
  @JsonProperty("unreachable")
  UNREACHABLE("There is no way to this address, or nobody listens there."),
  @JsonProperty("refused")
  REFUSED("The server answered with an error."),
  @JsonProperty("not-stun")
  NOT_STUN("What answers there does not speak STUN."),
  @JsonProperty("unresolved")
  UNRESOLVED("The name has no address.");

  private final String meaning;

  Finding(String meaning) {
    this.meaning = meaning;
  }

  /** A sentence for people. */
  String meaning() {
    return meaning;
  }

  static Finding of(Sighting sighting) {
    return switch (sighting) {
      case Sighting.Seen seen -> of(seen.sentFrom().getAddress(), seen.seen().getAddress());
      case Sighting.Unseen.NO_ANSWER -> NO_ANSWER;
      case Sighting.Unseen.UNREACHABLE -> UNREACHABLE;
      case Sighting.Unseen.REFUSED -> REFUSED;
      case Sighting.Unseen.NOT_STUN -> NOT_STUN;
    };
  }

  private static Finding of(InetAddress sentFrom, InetAddress seen) {
    if (seen.equals(sentFrom)) {
      return PRESERVED;
    }
    return isPrivate(seen) ? TRANSLATED_TO_PRIVATE : TRANSLATED;
  }

  /**
   * Whether it means nothing on the internet: loopback, link-local, RFC 1918, RFC 6598 (carriers'
   * 100.64.0.0/10), RFC 4193 (fc00::/7).
   */
  private static boolean isPrivate(InetAddress address) {
    byte[] bytes = address.getAddress();
    boolean ofCarriers = bytes.length == 4 && bytes[0] == 100 && (bytes[1] & 0xC0) == 64;
    boolean uniqueLocal = address instanceof Inet6Address && (bytes[0] & 0xFE) == 0xFC;
    return ofCarriers
        || uniqueLocal
        || address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isAnyLocalAddress();
  }
}
