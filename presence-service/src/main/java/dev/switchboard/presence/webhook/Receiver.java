package dev.switchboard.presence.webhook;

import dev.switchboard.identity.Realm;
import dev.switchboard.presence.board.PresenceEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A server that is told what happens, as it is configured.
 *
 * @param url an absolute http or https url with a host
 */
record Receiver(
    String name, Realm realm, URI url, Signature signature, WebhookConfig.Settings settings) {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  /**
   * Reads what is configured.
   *
   * @param mayBeHttp whether http needs no leave
   * @throws ConfigurationException with what is wrong, in one line without any secret or url
   */
  static Receiver read(String name, WebhookConfig.Settings settings, boolean mayBeHttp) {
    if (!NAME.matcher(name).matches()) {
      throw new ConfigurationException(
          "A name of switchboard.webhook takes 1 to 64 letters, digits, hyphens and underscores");
    }
    String key = "switchboard.webhook." + name + ".";
    require(
        Realm.isName(settings.realm()),
        key + "realm takes 1 to 64 letters, digits, dots, hyphens and underscores");
    for (Duration duration :
        List.of(
            settings.timeout(),
            settings.retryFloor(),
            settings.retryCeiling(),
            settings.giveUpAfter(),
            settings.lease())) {
      require(duration.toMillis() > 0, key + "* takes times of at least one millisecond");
    }
    require(
        settings.concurrency() > 0 && settings.queue() > 0 && settings.deadLetters() >= 0,
        key + "concurrency and " + key + "queue take a positive number, dead-letters 0 or more");
    return new Receiver(
        name,
        new Realm(settings.realm()),
        url(key, settings, mayBeHttp),
        signature(key, settings),
        settings);
  }

  private static URI url(String key, WebhookConfig.Settings settings, boolean mayBeHttp) {
    URI url =
        settings
            .url()
            .flatMap(Receiver::parse)
            .filter(it -> it.getHost() != null && it.getRawUserInfo() == null)
            .orElseThrow(() ->
                new ConfigurationException(
                    key + "url takes an https url with a host, and without user or password"));
    switch (Optional.ofNullable(url.getScheme()).orElse("").toLowerCase(Locale.ROOT)) {
      case "https" -> {}
      case "http" ->
          require(
              mayBeHttp || settings.allowHttp(),
              key
                  + "url is http, which anybody on the way can read: use https, or set "
                  + key
                  + "allow-http=true");
      default -> throw new ConfigurationException(key + "url takes an http or https url");
    }
    return url;
  }

  private static Optional<URI> parse(String url) {
    try {
      return Optional.of(new URI(url));
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  private static Signature signature(String key, WebhookConfig.Settings settings) {
    List<String> secrets =
        Stream.concat(settings.secret().stream(), settings.secrets().stream().flatMap(List::stream))
            .toList();
    require(!secrets.isEmpty(), key + "secret is missing: whsec_ and 24 to 64 bytes in Base64");
    List<byte[]> bytes = secrets.stream().flatMap(it -> Signature.secret(it).stream()).toList();
    require(
        bytes.size() == secrets.size(),
        key
            + "secret takes whsec_ and 24 to 64 bytes in Base64, and so does each of "
            + key
            + "secrets");
    return Signature.with(bytes);
  }

  private static void require(boolean right, String otherwise) {
    if (!right) {
      throw new ConfigurationException(otherwise);
    }
  }

  boolean isHttps() {
    return url.getScheme().equalsIgnoreCase("https");
  }

  /** Without the brackets that an IPv6 address has in a url. */
  String host() {
    return url.getHost().replaceAll("[\\[\\]]", "");
  }

  int port() {
    int port = url.getPort();
    return port >= 0 ? port : isHttps() ? 443 : 80;
  }

  /** Path and query, as they stand in the url. */
  String path() {
    String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    return url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
  }

  /** Whether it is told of this. */
  boolean wants(PresenceEvent event) {
    return switch (event) {
      case PresenceEvent.OfPeer _ -> settings.peers();
      case PresenceEvent.OfRoom _ -> settings.rooms();
    };
  }
}
