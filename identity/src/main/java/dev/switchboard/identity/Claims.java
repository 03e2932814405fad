package dev.switchboard.identity;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/**
 * Reads a verified token: {@code sub}, {@code realm}, and under {@code switchboard} the grants
 * {@code rooms}, {@code peers}, {@code presence}, {@code turn} (seconds) and {@code region}.
 */
final class Claims {

  private final JsonWebToken token;
  private final Set<String> names;
  private final Realm defaultRealm;

  Claims(JsonWebToken token, Realm defaultRealm) {
    this.token = token;
    this.names = token.getClaimNames();
    this.defaultRealm = defaultRealm;
  }

  /** The caller, or a denial that names the claim at fault. */
  Admission read() {
    String subject = token.getSubject();
    if (subject == null || subject.isEmpty()) {
      return denied("The token has no sub claim.");
    }
    try {
      return new Admission.Admitted(
          new Caller(
              realm(),
              Optional.of(subject),
              grants(),
              Optional.of(Instant.ofEpochSecond(token.getExpirationTime()))));
    } catch (MalformedClaim e) {
      return denied("The token's claim '" + e.claim + "' is malformed.");
    }
  }

  private static Admission denied(String detail) {
    return new Admission.Denied(Problem.unauthorized(detail));
  }

  /**
   * A claim of our own. SmallRye looks every name up among the standard ones and has an exception
   * made, with the whole stack, for one that is not: 18 µs, which a token without it need not cost.
   */
  private @Nullable Object claim(String name) {
    return names.contains(name) ? token.getClaim(name) : null;
  }

  private Realm realm() throws MalformedClaim {
    Object claim = claim("realm");
    if (claim == null) {
      return defaultRealm;
    }
    if (!Realm.isName(claim.toString())) {
      throw new MalformedClaim("realm");
    }
    return new Realm(claim.toString());
  }

  private Grants grants() throws MalformedClaim {
    Object claim = claim("switchboard");
    if (claim == null) {
      return Grants.ALL;
    }
    if (!(claim instanceof JsonObject grants)) {
      throw new MalformedClaim("switchboard");
    }
    return new Grants(
        patterns(grants, "rooms", Grants.ALL.rooms()),
        patterns(grants, "peers", Grants.ALL.peers()),
        flag(grants, "presence"),
        seconds(grants, "turn"),
        text(grants, "region"));
  }

  private static List<NamePattern> patterns(
      JsonObject grants, String claim, List<NamePattern> otherwise) throws MalformedClaim {
    JsonValue value = grants.get(claim);
    if (value == null) {
      return otherwise;
    }
    if (!(value instanceof JsonArray array)
        || !array.stream().allMatch(JsonString.class::isInstance)) {
      throw new MalformedClaim(claim);
    }
    return array.getValuesAs(JsonString.class).stream()
        .map(string -> new NamePattern(string.getString()))
        .toList();
  }

  private static boolean flag(JsonObject grants, String claim) throws MalformedClaim {
    JsonValue value = grants.get(claim);
    if (value == null || value.getValueType() == JsonValue.ValueType.TRUE) {
      return true;
    }
    if (value.getValueType() == JsonValue.ValueType.FALSE) {
      return false;
    }
    throw new MalformedClaim(claim);
  }

  private static Optional<Duration> seconds(JsonObject grants, String claim) throws MalformedClaim {
    JsonValue value = grants.get(claim);
    if (value == null) {
      return Optional.empty();
    }
    if (!(value instanceof JsonNumber number)
        || !number.isIntegral()
        || number.longValue() < 0
        || number.longValue() > Integer.MAX_VALUE) {
      throw new MalformedClaim(claim);
    }
    return Optional.of(Duration.ofSeconds(number.longValue()));
  }

  private static Optional<String> text(JsonObject grants, String claim) throws MalformedClaim {
    @Nullable JsonValue value = grants.get(claim);
    if (value == null) {
      return Optional.empty();
    }
    if (!(value instanceof JsonString string)) {
      throw new MalformedClaim(claim);
    }
    return Optional.of(string.getString());
  }

  /** Carries the claim's name out of the nested readers; never leaves this class. */
  private static final class MalformedClaim extends Exception {
    private static final long serialVersionUID = 1L;
    private final String claim;

    private MalformedClaim(String claim) {
      super(claim, null, false, false);
      this.claim = claim;
    }
  }
}
