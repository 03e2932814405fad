package dev.switchboard.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
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
    return new ProcessBuilder(
            Packaged.command(
                "presence-service",
                Map.of(
                    "quarkus.http.host",
                    "127.0.0.1",
                    "quarkus.http.port",
                    String.valueOf(port),
                    "switchboard.auth.mode",
                    "open",
                    "quarkus.redis.hosts",
                    redisUrl)))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
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
