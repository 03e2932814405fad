package dev.switchboard.presence.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.presence.webhook.Shop.Answer;
import dev.switchboard.presence.webhook.Shop.Posted;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.JksOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostTest {

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String HOST = "hook.example";
  private static final String PASSWORD = "changeit";

  private final Vertx vertx = Vertx.vertx();
  private final List<String> lookedUp = new ArrayList<>();

  @AfterEach
  void everythingStops() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void theConnectionGoesToTheAddressThatWasLookedUpAndTheHostIsKept() {
    try (Shop shop = new Shop()) {
      Post post = post("http://" + HOST + ":" + shop.port() + "/a?b", Map.of());
      assertThat(deliver(post, 0)).isInstanceOf(Outcome.Delivered.class);
      assertThat(deliver(post, 0)).isInstanceOf(Outcome.Delivered.class);
      assertThat(shop.posted()).extracting(Posted::host).containsOnly(HOST + ":" + shop.port());
      assertThat(shop.posted()).extracting(Posted::path).containsOnly("/a?b");
      assertThat(lookedUp).containsExactly(HOST, HOST);
    }
  }

  @Test
  void oneAddressThatIsNotPublicIsEnoughToBeRefused() {
    try (Shop shop = new Shop()) {
      String url = "http://" + HOST + ":" + shop.port();
      Post post = post(url, Map.of("allow-private", "false"), "8.8.8.8", "127.0.0.1");
      assertThat(deliver(post, 0))
          .isEqualTo(new Outcome.Failed("its host has an address that is not public"));
      assertThat(deliver(post, 1)).isInstanceOf(Outcome.Failed.class);
      assertThat(shop.posted()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "2130706433", "localhost"})
  void howeverItIsWrittenAnAddressThatIsNotPublicIsRefused(String host) {
    try (Shop shop = new Shop()) {
      Receiver receiver =
          receiver("http://" + host + ":" + shop.port(), Map.of("allow-private", "false"));
      Post post = new Post(receiver, Lookup.SYSTEM, vertx, new HttpClientOptions());
      assertThat(deliver(post, 0)).isInstanceOf(Outcome.Failed.class);
      assertThat(shop.posted()).isEmpty();
    }
  }

  @Test
  void theNextTryGoesToTheNextAddress() {
    try (Shop shop = new Shop()) {
      // Nobody listens on that loopback address.
      Post post = post("http://" + HOST + ":" + shop.port(), Map.of(), "127.0.0.77", "127.0.0.1");
      assertThat(deliver(post, 0)).isInstanceOf(Outcome.Failed.class);
      assertThat(deliver(post, 1)).isInstanceOf(Outcome.Delivered.class);
    }
  }

  @Test
  void aHostThatNobodyKnowsIsAFailure() {
    Receiver receiver = receiver("http://" + HOST, Map.of());
    Post post =
        new Post(
            receiver,
            host -> {
              throw new UnknownHostException(host);
            },
            vertx,
            new HttpClientOptions());
    assertThat(deliver(post, 0)).isInstanceOf(Outcome.Failed.class);
  }

  @Test
  void overTlsTheCertificateIsTheHostsAndNotTheAddresses(@TempDir Path folder) throws Exception {
    JksOptions store = certificate(folder, HOST);
    HttpServerOptions server =
        new HttpServerOptions().setSsl(true).setSni(true).setKeyCertOptions(store);
    HttpClientOptions trusting = new HttpClientOptions().setTrustOptions(store);
    try (Shop shop = new Shop(server)) {
      assertThat(deliver(post("https://" + HOST + ":" + shop.port(), Map.of(), trusting), 0))
          .isInstanceOf(Outcome.Delivered.class);
      assertThat(shop.posted().getFirst().serverName()).isEqualTo(HOST);
      assertThat(deliver(post("https://other.example:" + shop.port(), Map.of(), trusting), 0))
          .isInstanceOf(Outcome.Failed.class);
      assertThat(
              deliver(
                  post("https://" + HOST + ":" + shop.port(), Map.of(), new HttpClientOptions()),
                  0))
          .isInstanceOf(Outcome.Failed.class);
      assertThat(shop.posted()).hasSize(1);
    }
  }

  @Test
  void anIpv6AddressInTheUrlHasItsBracketsInTheHost() {
    try (Shop shop = new Shop()) {
      Post post = post("http://[2606:4700::1]:" + shop.port(), Map.of());
      assertThat(deliver(post, 0)).isInstanceOf(Outcome.Delivered.class);
      assertThat(shop.posted().getFirst().host()).isEqualTo("[2606:4700::1]:" + shop.port());
      assertThat(lookedUp).containsExactly("2606:4700::1");
    }
  }

  @Test
  void whyItFailedDoesNotTellTheUrl() {
    try (Shop shop = new Shop()) {
      shop.answers(Shop.SILENCE);
      String url = "http://" + HOST + ":" + shop.port() + "/token?of=mine";
      for (int i = 0; i < 5; i++) {
        assertThat(deliver(post(url, Map.of("timeout", "100ms")), 0))
            .isEqualTo(new Outcome.Failed("no answer in time"));
      }
    }
  }

  @Test
  void theStatusSaysWhatBecameOfIt() {
    try (Shop shop = new Shop()) {
      Post post = post("http://" + HOST + ":" + shop.port(), Map.of());
      for (int status : new int[] {200, 202, 204}) {
        shop.answers(status);
        assertThat(deliver(post, 0)).isInstanceOf(Outcome.Delivered.class);
      }
      for (int status : new int[] {302, 400, 404, 500, 502}) {
        shop.answers(_ -> new Answer(status, Map.of("Retry-After", "7", "Location", "/b")));
        assertThat(deliver(post, 0)).isEqualTo(new Outcome.Failed("status " + status));
      }
      for (int status : new int[] {429, 503}) {
        shop.answers(_ -> new Answer(status, Map.of("Retry-After", "7")));
        assertThat(deliver(post, 0))
            .isEqualTo(new Outcome.Failed("status " + status, Optional.of(Duration.ofSeconds(7))));
      }
      shop.answers(410);
      assertThat(deliver(post, 0)).isInstanceOf(Outcome.Unwanted.class);
    }
  }

  private Post post(String url, Map<String, String> settings, String... addresses) {
    return post(url, settings, new HttpClientOptions(), addresses);
  }

  private Post post(
      String url, Map<String, String> settings, HttpClientOptions options, String... addresses) {
    List<String> found = addresses.length == 0 ? List.of("127.0.0.1") : List.of(addresses);
    Lookup lookup =
        host -> {
          lookedUp.add(host);
          List<InetAddress> all = new ArrayList<>();
          for (String address : found) {
            // With its name, as a look-up has it: a second look-up of it would find nothing.
            all.add(InetAddress.getByAddress(host, InetAddress.getByName(address).getAddress()));
          }
          return all;
        };
    return new Post(receiver(url, settings), lookup, vertx, options);
  }

  private static Receiver receiver(String url, Map<String, String> more) {
    Map<String, String> settings = new HashMap<>();
    settings.put("url", url);
    settings.put("secret", Configured.SECRET);
    settings.put("allow-private", "true");
    settings.put("timeout", "5s");
    settings.putAll(more);
    return Receiver.read(Configured.NAME, Configured.with(settings), true);
  }

  private static Outcome deliver(Post post, int failures) {
    return post.deliver(new Letter("1-0", "1-0", "ada", "{}", failures)).await().atMost(SOON);
  }

  private static JksOptions certificate(Path folder, String host)
      throws IOException, InterruptedException {
    Path store = folder.resolve("store.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "hook",
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + host,
                "-ext",
                "SAN=dns:" + host,
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(keytool.waitFor()).isZero();
    return new JksOptions().setPath(store.toString()).setPassword(PASSWORD);
  }
}
