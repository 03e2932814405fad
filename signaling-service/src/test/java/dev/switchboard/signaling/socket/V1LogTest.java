package dev.switchboard.signaling.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.testing.TestKeys;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(ClosedModeTest.Closed.class)
class V1LogTest {

  private static final Logger ROOT = Logger.getLogger("");
  private static final Logger OURS = Logger.getLogger("dev.switchboard");

  private final TestKeys keys = TestKeys.shared();

  @TestHTTPResource("/")
  URI root;

  @Test
  void noTokenOfAFrameReachesTheLog() throws InterruptedException {
    String good = keys.token("ada", Map.of(), Instant.now().plusSeconds(200));
    String better = keys.token("ada", Map.of());
    String expired = keys.token("ada", Map.of(), Instant.now().minusSeconds(600));
    String forged = TestKeys.generate().token("ada", Map.of());
    String others = keys.token("bob", Map.of());
    Captured log = new Captured();
    Level before = OURS.getLevel();
    OURS.setLevel(Level.ALL);
    ROOT.addHandler(log);
    try {
      try (Client ada = Client.connect(URI.create("ws://" + root.getAuthority() + "/v1/signal"))) {
        for (String token : List.of(expired, forged, good)) {
          ask(ada, "{\"type\":\"hello\",\"token\":\"" + token + "\"}");
        }
        for (String token : List.of(expired, forged, others)) {
          ask(ada, "{\"type\":\"token\",\"token\":\"" + token + "\"}");
        }
        ask(ada, "{\"type\":\"token\",\"id\":1,\"token\":\"" + better + "\"}");
        ada.send("{\"type\":\"bye\"}");
        assertThat(ada.closeCode()).isEqualTo(1000);
      }
    } finally {
      ROOT.removeHandler(log);
      OURS.setLevel(before);
    }

    assertThat(log.lines).as("what was logged").isNotEmpty();
    List<String> parts =
        List.of(good, better, expired, forged, others).stream()
            .flatMap(token -> Arrays.stream(token.split("\\.")).skip(1))
            .toList();
    assertThat(log.lines)
        .allSatisfy(line -> assertThat(parts).noneMatch(part -> line.contains(part)));
  }

  private static void ask(Client client, String frame) throws InterruptedException {
    client.send(frame);
    assertThat(client.next()).contains("\"type\"");
  }

  private static final class Captured extends Handler {

    private final Queue<String> lines = new ConcurrentLinkedQueue<>();

    private Captured() {
      setLevel(Level.ALL);
      setFormatter(new SimpleFormatter());
    }

    @Override
    public void publish(LogRecord logged) {
      StringWriter line = new StringWriter();
      line.append(getFormatter().formatMessage(logged));
      if (logged.getThrown() != null) {
        logged.getThrown().printStackTrace(new PrintWriter(line));
      }
      lines.add(line.toString());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
