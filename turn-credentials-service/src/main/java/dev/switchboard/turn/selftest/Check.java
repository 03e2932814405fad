package dev.switchboard.turn.selftest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.switchboard.turn.stun.Sighting;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * One server that was asked over one transport. An address and its port are written as in a url.
 *
 * @param server which address of the url's host it is; empty if it has none
 * @param sentFrom where this pod sent its request from; empty without an answer, as is what follows
 * @param seen where the responder saw it come from
 * @param roundTripMillis how long the answer took
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonPropertyOrder({
  "url",
  "transport",
  "server",
  "sentFrom",
  "seen",
  "roundTripMillis",
  "finding",
  "meaning"
})
public record Check(
    String url,
    Transport transport,
    Optional<String> server,
    Optional<String> sentFrom,
    Optional<String> seen,
    Optional<Double> roundTripMillis,
    Finding finding,
    String meaning) {

  private static final double NANOS_A_MILLI = 1_000_000;

  static Check of(StunUrl url, Transport transport, InetSocketAddress server, Sighting sighting) {
    Optional<Sighting.Seen> seen =
        sighting instanceof Sighting.Seen it ? Optional.of(it) : Optional.empty();
    Finding finding = Finding.of(sighting);
    return new Check(
        url.text(),
        transport,
        Optional.of(text(server)),
        seen.map(it -> text(it.sentFrom())),
        seen.map(it -> text(it.seen())),
        seen.map(it -> it.roundTrip().toNanos() / NANOS_A_MILLI),
        finding,
        finding.meaning());
  }

  static Check unresolved(StunUrl url, Transport transport) {
    return new Check(
        url.text(),
        transport,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Finding.UNRESOLVED,
        Finding.UNRESOLVED.meaning());
  }

  private static String text(InetSocketAddress at) {
    InetAddress address = at.getAddress();
    String literal = address.getHostAddress();
    return (literal.contains(":") ? "[" + literal + "]" : literal) + ":" + at.getPort();
  }
}
