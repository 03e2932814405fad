package dev.switchboard.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Where callers need a token, one token opens all three services. */
class ClosedIT {

  @Test
  void theFrontScriptsTokenOpensAClosedHouse() throws IOException, InterruptedException {
    try (House house = House.up("--closed");
        Browser browser = new Browser();
        Browser other = new Browser()) {
      assertThat(status(house.address("who is online"), "")).isEqualTo(401);
      assertThat(status(house.address("ICE servers"), "")).isEqualTo(401);
      assertThat(status(house.address("ICE servers"), token("ada"))).isEqualTo(200);

      Person ada = Person.at(house, browser, "ada");
      ada.page().fill("#token", token("ada"));
      ada.page().click("#sign-in-form button[type=submit]");
      ada.awaitState("ready");
      Person bob = Person.at(house, other, "bob");
      bob.page().fill("#token", token("bob"));
      bob.page().click("#sign-in-form button[type=submit]");
      bob.awaitState("ready");

      ada.call("bob");
      bob.accept();
      ada.awaitPictures();
      bob.awaitPictures();
    }
  }

  private static int status(String url, String token) throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
    }
  }

  private static String token(String name) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(House.script().toString(), "token", name)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String token =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(process.waitFor()).isZero();
    assertThat(token.split("\\.")).hasSize(3);
    return token;
  }
}
