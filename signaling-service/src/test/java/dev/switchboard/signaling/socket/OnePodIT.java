package dev.switchboard.signaling.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A pod on its own, as it is packaged, without any Redis. */
@SuppressWarnings("NullAway.Init") // set before the first test
class OnePodIT {

  private static Pod pod;

  @BeforeAll
  static void start() {
    pod =
        Pod.start(Map.of("switchboard.auth.mode", "open", "switchboard.announce.enabled", "false"));
  }

  @AfterAll
  static void stop() {
    pod.close();
  }

  @Test
  void itServesThePageAndWhereThePageFindsTheOthers() throws Exception {
    assertThat(get("/")).contains("<!DOCTYPE html>");
    assertThat(get("/config.json")).contains("\"signaling\":\"ws://127.0.0.1:");
    assertThat(get("/q/health/ready")).contains("UP");
    assertThat(get("/q/metrics")).contains("switchboard_connections");
    assertThat(get("/q/openapi")).startsWith("---");
  }

  @Test
  void twoOfItsClientsCall() throws Exception {
    try (Client ada = Client.connect(pod.socket("/"));
        Client bob = Client.connect(pod.socket("/"))) {
      ada.send("{\"type\":\"login\",\"name\":\"ada\"}");
      assertThat(ada.next()).contains("true");
      bob.send("{\"type\":\"login\",\"name\":\"bob\"}");
      assertThat(bob.next()).contains("true");

      ada.send("{\"type\":\"offer\",\"name\":\"bob\",\"offer\":{\"sdp\":\"v=0\"}}");
      assertThat(bob.next()).contains("\"offer\":{\"sdp\":\"v=0\"}").contains("\"name\":\"ada\"");
      bob.send("{\"type\":\"answer\",\"name\":\"ada\",\"answer\":{\"sdp\":\"v=0\"}}");
      assertThat(ada.next()).contains("\"answer\":{\"sdp\":\"v=0\"}");
    }
  }

  private static String get(String path) throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(pod.http(path)).build(), HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(path).isEqualTo(200);
      return answer.body();
    }
  }
}
