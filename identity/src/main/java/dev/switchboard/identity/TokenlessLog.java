package dev.switchboard.identity;

import io.quarkus.vertx.http.runtime.attribute.ExchangeAttribute;
import io.quarkus.vertx.http.runtime.attribute.ExchangeAttributeBuilder;
import io.quarkus.vertx.http.runtime.attribute.QueryParameterAttribute;
import io.quarkus.vertx.http.runtime.attribute.QueryStringAttribute;
import io.quarkus.vertx.http.runtime.attribute.ReadOnlyAttributeException;
import io.quarkus.vertx.http.runtime.attribute.RequestHeaderAttribute;
import io.quarkus.vertx.http.runtime.attribute.RequestLineAttribute;
import io.quarkus.vertx.http.runtime.attribute.RequestURLAttribute;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Keeps tokens out of the access log, whatever its pattern: {@code …} stands for a query that has
 * an {@code access_token} or cannot be read, and for the headers that carry tokens. Quarkus finds
 * it through {@code META-INF/services} and asks it before its own attributes, which do the reading.
 */
public final class TokenlessLog implements ExchangeAttributeBuilder {

  private static final String PARAMETER = "access_token";
  private static final Pattern CARRIER =
      Pattern.compile("%\\{i,(Authorization|Sec-WebSocket-Protocol)}", Pattern.CASE_INSENSITIVE);
  private static final int BEFORE_THOSE_OF_QUARKUS = 100;

  private final List<ExchangeAttributeBuilder> queries =
      List.of(new QueryStringAttribute.Builder(), new QueryParameterAttribute.Builder());
  private final List<ExchangeAttributeBuilder> targets =
      List.of(new RequestLineAttribute.Builder(), new RequestURLAttribute.Builder());

  @Override
  public String name() {
    return "Without tokens";
  }

  @Override
  public @Nullable ExchangeAttribute build(String pattern) {
    if (CARRIER.matcher(pattern).matches()) {
      return new Tokenless(new RequestHeaderAttribute.Builder().build(pattern), "(?s).+", true);
    }
    for (ExchangeAttributeBuilder query : queries) {
      ExchangeAttribute whole = query.build(pattern);
      if (whole != null) {
        return new Tokenless(whole, "(?s).+", false);
      }
    }
    for (ExchangeAttributeBuilder target : targets) {
      ExchangeAttribute whole = target.build(pattern);
      if (whole != null) {
        return new Tokenless(whole, "(?<=\\?)\\S*", false);
      }
    }
    return null;
  }

  @Override
  public int priority() {
    return BEFORE_THOSE_OF_QUARKUS;
  }

  /**
   * An attribute with a part of it cut.
   *
   * @param part a regular expression that matches the part
   * @param always whether also where there is no token in the query
   */
  private record Tokenless(ExchangeAttribute whole, String part, boolean always)
      implements ExchangeAttribute {

    @Override
    public @Nullable String readAttribute(RoutingContext exchange) {
      String value = whole.readAttribute(exchange);
      return value != null && (always || queryHasToken(exchange))
          ? value.replaceFirst(part, "…")
          : value;
    }

    private static boolean queryHasToken(RoutingContext exchange) {
      try {
        return exchange.request().params().contains(PARAMETER);
      } catch (IllegalArgumentException _) {
        return true;
      }
    }

    @Override
    public void writeAttribute(RoutingContext exchange, String value)
        throws ReadOnlyAttributeException {
      whole.writeAttribute(exchange, value);
    }
  }
}
