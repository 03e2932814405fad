package dev.switchboard.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A presence-service that was started after everybody had come knows them all the same. */
class LatePresenceIT {

  @Test
  void aServiceThatStartsLaterAnswersTheSame() throws IOException, InterruptedException {
    try (Stage stage = Stage.of(House.up());
        HttpClient http = HttpClient.newHttpClient()) {
      stage.her("ada").signedIn();
      stage.him("bob").signedIn();
      int port = freePort();
      Process late = start(port, stage.house().address("redis"));
      try {
        String first = stage.house().address("who is online");
        String second = "http://localhost:" + port + "/presence";
        String answer = awaitAnswer(http, late, second);

        assertThat(answer).isEqualTo(get(http, first)).contains("\"ada\"", "\"bob\"");
        assertThat(get(http, second + "/ada"))
            .isEqualTo(get(http, first + "/ada"))
            .contains("\"online\":true");
      } finally {
        late.destroy();
        late.waitFor();
      }
    }
  }

  private static Process start(int port, String redisUrl) throws IOException {
    Path jar = House.script().resolveSibling("presence-service/target/quarkus-app/quarkus-run.jar");
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                jar.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder
        .environment()
        .putAll(
            Map.of(
                "QUARKUS_HTTP_HOST",
                "127.0.0.1",
                "QUARKUS_HTTP_PORT",
                String.valueOf(port),
                "SWITCHBOARD_AUTH_MODE",
                "open",
                "REDIS_URL",
                redisUrl));
    return builder.start();
  }

  private static String awaitAnswer(HttpClient http, Process process, String url)
      throws InterruptedException {
    while (true) {
      try {
        return get(http, url);
      } catch (IOException e) {
        assertThat(process.isAlive()).isTrue();
        Thread.sleep(100);
      }
    }
  }

  private static String get(HttpClient http, String url) throws IOException, InterruptedException {
    return http.send(
            HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
