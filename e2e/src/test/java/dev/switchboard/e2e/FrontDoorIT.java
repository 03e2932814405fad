package dev.switchboard.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What somebody meets who has only the front script. */
class FrontDoorIT {

  @Test
  void aSignalStopsAllOfItAndFreesThePorts() {
    House house = House.up();
    List<ProcessHandle> parts = house.process().descendants().toList();
    assertThat(parts).hasSizeGreaterThanOrEqualTo(4);
    house.close();

    assertThat(house.process().exitValue()).isEqualTo(143);
    assertThat(parts).noneMatch(ProcessHandle::isAlive);
    assertThat(house.hasFreedItsPorts()).isTrue();
  }

  @Test
  void whoIsConnectedWhenItStopsIsToldThatItRestarts()
      throws InterruptedException, ExecutionException, TimeoutException {
    CompletableFuture<Integer> closeCode = new CompletableFuture<>();
    WebSocket.Listener listener =
        new WebSocket.Listener() {
          @Override
          public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            closeCode.complete(code);
            return null;
          }
        };
    try (HttpClient http = HttpClient.newHttpClient()) {
      try (House house = House.up()) {
        http.newWebSocketBuilder()
            .buildAsync(URI.create(house.address("signaling")), listener)
            .get(60, TimeUnit.SECONDS);
      }
      assertThat(closeCode.get(60, TimeUnit.SECONDS)).isEqualTo(1012);
    }
  }

  @Test
  void aTakenPortIsOneLineAndNothingIsLeftRunning() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      try (House house = House.begin(taken.getLocalPort(), 31_478)) {
        assertThat(house.lines())
            .singleElement()
            .asString()
            .startsWith("switchboard: port " + taken.getLocalPort())
            .contains("signaling-service")
            .contains("--port");
        assertThat(exitValue(house)).isEqualTo(1);
      }
    }
  }

  @Test
  void aPartThatDiesTakesTheRestAlongAndIsNamed() throws InterruptedException {
    try (House house = House.up()) {
      ProcessHandle presence =
          house
              .process()
              .descendants()
              .filter(part -> commandLine(part).contains("presence-service"))
              .findFirst()
              .orElseThrow();
      presence.destroyForcibly();

      assertThat(house.process().waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(exitValue(house)).isEqualTo(1);
      assertThat(house.lines()).last().asString().startsWith("switchboard: presence-service ended");
      assertThat(house.hasFreedItsPorts()).isTrue();
    }
  }

  @Test
  void downEndsWhatAKilledRunLeftBehind() throws IOException, InterruptedException {
    House house = House.up();
    List<ProcessHandle> parts = house.process().descendants().toList();
    house.process().destroyForcibly().waitFor();
    assertThat(parts).anyMatch(ProcessHandle::isAlive);

    Process down = new ProcessBuilder(House.script().toString(), "down").start();
    String said = new String(down.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(down.waitFor()).isZero();
    assertThat(said).contains("port " + house.port() + ": stopped");
    for (ProcessHandle part : parts) {
      assertThat(part.isAlive()).as(commandLine(part)).isFalse();
    }
  }

  @Test
  void whatIsNotUnderstoodIsSaidInOneLine() throws IOException, InterruptedException {
    Process up =
        new ProcessBuilder(House.command("--port", "many")).redirectErrorStream(true).start();
    String said = new String(up.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(up.waitFor()).isEqualTo(2);
    assertThat(said.lines()).hasSize(1).first().asString().contains("--port takes a port");
  }

  private static int exitValue(House house) {
    try {
      return house.process().waitFor();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String commandLine(ProcessHandle process) {
    return process.info().commandLine().orElse("");
  }
}
