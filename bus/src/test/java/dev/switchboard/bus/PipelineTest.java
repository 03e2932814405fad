package dev.switchboard.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.testing.RedisTestResource;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.Request;
import io.vertx.mutiny.redis.client.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(RedisTestResource.class)
@SuppressWarnings("NullAway.Init") // the test's fields are set before each test
class PipelineTest {

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Script APPEND = Script.of(PipelineTest.class, "append.lua");
  private static final Script LENGTH = Script.of(PipelineTest.class, "length.lua");

  private final ReactiveRedisDataSource source;
  private final Vertx vertx;

  private Redis redis;
  private Pipeline pipeline;
  private Pipeline another;

  @Inject
  PipelineTest(ReactiveRedisDataSource source, Vertx vertx) {
    this.source = source;
    this.vertx = vertx;
  }

  @BeforeEach
  void redisIsEmptyAndKnowsNoScript() {
    redis = source.getRedis();
    pipeline = new Pipeline(redis, SOON, 100);
    another = new Pipeline(redis, SOON, 100);
    done(redis.send(Request.cmd(Command.FLUSHALL)));
    flushScripts();
  }

  @Test
  void aScriptIsThereWhenItIsCalledFirst() {
    assertThat(done(append("a"))).isEqualTo("a");
    assertThat(done(append("b"))).isEqualTo("ab");
  }

  @Test
  void scriptsThatRedisForgotAreRunInTheOrderInWhichTheyWereCalled() {
    done(append("a"));
    done(length());
    flushScripts();

    List<CompletableFuture<String>> batch =
        together(() -> List.of(append("b"), length(), append("c")));

    assertThat(batch.stream().map(CompletableFuture::join)).containsExactly("ab", "2", "abc");
  }

  @Test
  void aBatchOfWhichAPartWasDoneFailsAndTheNextDoesNot() {
    done(append("a"));
    done(length());
    flushScripts();
    done(append(another, "b"));

    List<CompletableFuture<String>> batch = together(() -> List.of(append("c"), length()));

    for (CompletableFuture<String> one : batch) {
      assertThatThrownBy(one::join)
          .cause()
          .isInstanceOfSatisfying(
              RedisGoneException.class, failure -> assertThat(failure.isNotDone()).isFalse());
    }
    assertThat(done(length())).isEqualTo("3");
  }

  @Test
  void whatAnEventLoopAsksForInOneTurnIsAskedForWhenTheTurnIsOver() {
    List<String> order = new CopyOnWriteArrayList<>();
    CompletableFuture<Response> last = new CompletableFuture<>();

    vertx.runOnContext(() -> {
      for (String text : List.of("a", "b")) {
        pipeline
            .send(() -> {
              order.add("sends " + text);
              return Request.cmd(Command.APPEND).arg("text").arg(text);
            })
            .subscribe()
            .with(last::complete, last::completeExceptionally);
      }
      order.add("turn is over");
    });

    last.orTimeout(SOON.toSeconds(), TimeUnit.SECONDS).join();
    assertThat(order).containsExactly("turn is over", "sends a", "sends b");
  }

  @Test
  void whatAScriptFailsWithIsItsOwn() {
    done(redis.send(Request.cmd(Command.SADD).arg("text").arg("no text")));

    assertThatThrownBy(() -> done(append("a")))
        .isInstanceOf(RedisGoneException.class)
        .hasMessageContaining("WRONGTYPE");
  }

  /** What is sent while another command is under way is one batch. */
  private List<CompletableFuture<String>> together(Supplier<List<Uni<String>>> calls) {
    CompletableFuture<Response> slow =
        pipeline
            .send(() -> Request.cmd(Command.BLPOP).arg("nothing").arg("0.5"))
            .subscribeAsCompletionStage();
    List<CompletableFuture<String>> batch =
        calls.get().stream().map(Uni::subscribeAsCompletionStage).toList();
    assertThat(slow).isNotDone();
    return batch;
  }

  private Uni<String> append(String text) {
    return append(pipeline, text);
  }

  private static Uni<String> append(Pipeline to, String text) {
    return to.run(APPEND, List.of("text"), () -> List.of(text)).map(all -> all.get(0).toString());
  }

  private Uni<String> length() {
    return pipeline.run(LENGTH, List.of("text"), List::of).map(all -> all.get(0).toString());
  }

  private void flushScripts() {
    done(redis.send(Request.cmd(Command.SCRIPT).arg("FLUSH")));
  }

  private static <T> T done(Uni<T> step) {
    return step.await().atMost(SOON);
  }
}
