package dev.switchboard.turn.envelope;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.switchboard.turn.ice.IceServer;
import dev.switchboard.turn.ice.IceServers;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Twilio's Token resource.
 *
 * @param ttl in seconds, as a string
 * @param dateCreated as RFC 2822 writes it
 */
@RegisterForReflection
record TwilioToken(
    @JsonProperty("username") String username,
    @JsonProperty("password") String password,
    @JsonProperty("ttl") String ttl,
    @JsonProperty("account_sid") String accountSid,
    @JsonProperty("ice_servers") List<Server> iceServers,
    @JsonProperty("date_created") String dateCreated,
    @JsonProperty("date_updated") String dateUpdated) {

  /** A day of the month of two digits, and an offset that is never {@code GMT}. */
  private static final DateTimeFormatter RFC_2822 =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss xx", Locale.ROOT);

  /** One url, under the name it has now and the one it had once. */
  @RegisterForReflection
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  record Server(String url, String urls, Optional<String> username, Optional<String> credential) {}

  /** Empty if no TURN servers are handed out. */
  static Optional<TwilioToken> of(String accountSid, IceServers servers) {
    return servers.relay().map(relay -> of(accountSid, servers, relay));
  }

  private static TwilioToken of(String accountSid, IceServers servers, IceServer relay) {
    String now = rfc2822(servers.expiresAt().minusSeconds(servers.ttl()));
    return new TwilioToken(
        relay.username().orElseThrow(),
        relay.credential().orElseThrow(),
        Long.toString(servers.ttl()),
        accountSid,
        servers.iceServers().stream().flatMap(TwilioToken::each).toList(),
        now,
        now);
  }

  private static Stream<Server> each(IceServer server) {
    return server.urls().stream()
        .map(url -> new Server(url, url, server.username(), server.credential()));
  }

  private static String rfc2822(Instant instant) {
    return RFC_2822.format(instant.atOffset(ZoneOffset.UTC));
  }
}
