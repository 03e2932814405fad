package dev.switchboard.presence.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A receiver of webhooks: notes all that is posted to it, and answers as it is told. */
final class Shop implements AutoCloseable {

  /** Of an answer that never comes. */
  static final int SILENCE = 0;

  private final List<Posted> posted = new CopyOnWriteArrayList<>();
  private final HttpServer server;

  /** Its own, so that what is counted of the service is not counted of this. */
  private final Vertx vertx = Vertx.vertx();

  private volatile long delayMillis;
  private volatile Function<Posted, Answer> answers = _ -> new Answer(204);

  /** One post. */
  record Posted(
      long nanos,
      String id,
      long timestamp,
      String signature,
      String host,
      String path,
      String serverName,
      String body) {

    JsonObject json() {
      return new JsonObject(body);
    }

    String type() {
      return json().getString("type");
    }

    String peer() {
      return json().getJsonObject("data").getString("peer", "");
    }
  }

  /** What it answers. */
  record Answer(int status, Map<String, String> headers) {
    Answer(int status) {
      this(status, Map.of());
    }
  }

  Shop() {
    this(new HttpServerOptions());
  }

  Shop(HttpServerOptions options) {
    this.server =
        vertx
            .createHttpServer(options.setHost("127.0.0.1").setPort(0))
            .requestHandler(request -> request.body().onSuccess(body -> take(request, body + "")))
            .listen()
            .toCompletionStage()
            .toCompletableFuture()
            .join();
  }

  private void take(HttpServerRequest request, String body) {
    Posted post =
        new Posted(
            System.nanoTime(),
            request.getHeader("webhook-id"),
            Long.parseLong(request.getHeader("webhook-timestamp")),
            request.getHeader("webhook-signature"),
            request.getHeader("host"),
            request.uri(),
            Objects.requireNonNullElse(request.connection().indicatedServerName(), ""),
            body);
    posted.add(post);
    Answer answer = answers.apply(post);
    if (answer.status() == SILENCE) {
      return;
    }
    answer.headers().forEach(request.response()::putHeader);
    request.response().setStatusCode(answer.status());
    if (delayMillis == 0) {
      request.response().end("whatever");
    } else {
      vertx.setTimer(delayMillis, _ -> request.response().end("whatever"));
    }
  }

  /** How long it takes to answer. */
  void takesMillis(long delay) {
    delayMillis = delay;
  }

  void answers(Function<Posted, Answer> answers) {
    this.answers = answers;
  }

  void answers(int status) {
    answers(_ -> new Answer(status));
  }

  int port() {
    return server.actualPort();
  }

  String url() {
    return "http://127.0.0.1:" + port() + "/hook?a=b";
  }

  List<Posted> posted() {
    return posted;
  }

  Set<String> ids() {
    return posted.stream().map(Posted::id).collect(Collectors.toSet());
  }

  List<String> types() {
    return posted.stream().map(Posted::type).toList();
  }

  /** Each post is signed, and of the same id each has the same body. */
  void assertThatAllIsWellSigned() {
    Signature signature =
        Signature.with(List.of(Signature.secret(Configured.SECRET).orElseThrow()));
    assertThat(posted)
        .allMatch(it -> it.signature().equals(signature.of(it.id(), it.timestamp(), it.body())));
    assertThat(posted.stream().map(it -> it.id() + it.body()).distinct().count())
        .isEqualTo(ids().size());
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
