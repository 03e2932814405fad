package dev.switchboard.presence.webhook;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeoutException;

/**
 * Posts to one receiver. Its host is looked up for each post, an address that is not of the public
 * internet is refused, and the connection goes to the very address that was checked; so whoever
 * owns the name cannot lead us into our own network. No redirect is followed, and what an answer
 * says beyond its status is not read.
 */
final class Post {

  private static final int OK = 200;
  private static final int MULTIPLE_CHOICES = 300;
  private static final int GONE = 410;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int SERVICE_UNAVAILABLE = 503;

  private static final String LATE = "no answer in time";

  private final Receiver receiver;
  private final Lookup lookup;
  private final Vertx vertx;
  private final HttpClient client;
  private final Duration timeout;
  private Future<List<InetAddress>> lookingUp = Future.succeededFuture(List.of());

  Post(Receiver receiver, Lookup lookup, Vertx vertx, HttpClientOptions options) {
    this.receiver = receiver;
    this.lookup = lookup;
    this.vertx = vertx;
    this.timeout = receiver.settings().timeout();
    this.client = vertx.createHttpClient(options.setMaxPoolSize(receiver.settings().concurrency()));
  }

  /** Never fails. Any thread. */
  Uni<Outcome> deliver(Letter letter) {
    return Uni.createFrom()
        .completionStage(() -> send(letter).toCompletionStage())
        .ifNoItem()
        .after(timeout)
        .recoverWithItem(() -> new Outcome.Failed(LATE))
        .onFailure()
        .recoverWithItem(failure -> new Outcome.Failed(words(failure)));
  }

  private static String words(Throwable failure) {
    // What Vert.x says of a time-out has the path and the query in it, which may be secrets.
    return failure instanceof TimeoutException
        ? LATE
        : failure.getClass().getSimpleName() + ": " + failure.getMessage();
  }

  private Future<Outcome> send(Letter letter) {
    return addresses()
        .compose(addresses -> {
          if (!mayReach(addresses)) {
            return Future.succeededFuture(
                new Outcome.Failed("its host has an address that is not public"));
          }
          // Where one address does not answer, the next try goes to the next.
          InetAddress address = addresses.get(letter.failures() % addresses.size());
          return client.request(to(address)).compose(request -> send(letter, request));
        });
  }

  /** Those who ask while a look-up is under way share it, so that a slow one takes one thread. */
  private synchronized Future<List<InetAddress>> addresses() {
    if (lookingUp.isComplete()) {
      lookingUp = vertx.executeBlocking(() -> lookup.of(receiver.host()), false);
    }
    return lookingUp;
  }

  private boolean mayReach(List<InetAddress> addresses) {
    return receiver.settings().allowPrivate() || addresses.stream().allMatch(PublicInternet::has);
  }

  private RequestOptions to(InetAddress address) {
    return new RequestOptions()
        .setMethod(HttpMethod.POST)
        .setServer(SocketAddress.inetSocketAddress(new InetSocketAddress(address, receiver.port())))
        .setHost(receiver.host())
        .setPort(receiver.port())
        .setSsl(receiver.isHttps())
        .setURI(receiver.path())
        .setFollowRedirects(false)
        .setTimeout(timeout.toMillis());
  }

  private Future<Outcome> send(Letter letter, HttpClientRequest request) {
    String id = receiver.realm() + ":" + letter.id();
    long now = Instant.now().getEpochSecond();
    request
        .putHeader(HttpHeaders.HOST, receiver.url().getRawAuthority())
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
        .putHeader(HttpHeaders.USER_AGENT, "switchboard")
        .putHeader("webhook-id", id)
        .putHeader("webhook-timestamp", Long.toString(now))
        .putHeader("webhook-signature", receiver.signature().of(id, now, letter.body()));
    return request
        .send(Buffer.buffer(letter.body()))
        .map(response -> {
          passOver(response);
          return outcome(response);
        });
  }

  /** Lets the connection be used again, unless there is no end to it. */
  private void passOver(HttpClientResponse response) {
    long timer = vertx.setTimer(timeout.toMillis(), _ -> response.request().reset());
    response.handler(_ -> {}).end().onComplete(_ -> vertx.cancelTimer(timer));
  }

  private static Outcome outcome(HttpClientResponse response) {
    int status = response.statusCode();
    if (status >= OK && status < MULTIPLE_CHOICES) {
      return new Outcome.Delivered();
    }
    return switch (status) {
      case GONE -> new Outcome.Unwanted();
      case TOO_MANY_REQUESTS, SERVICE_UNAVAILABLE ->
          new Outcome.Failed(
              "status " + status,
              RetryAfter.of(response.getHeader(HttpHeaders.RETRY_AFTER), Instant.now()));
      default -> new Outcome.Failed("status " + status);
    };
  }

  void close() {
    client.close();
  }
}
