package dev.switchboard.signaling.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Several who send to one at the same time, each from its own event loop. */
@QuarkusTest
@TestProfile(V1OrderTest.LongInboxes.class)
class V1OrderTest {

  private static final int EACH = 300;

  public static class LongInboxes extends OpenMode {
    @Override
    public Map<String, String> getConfigOverrides() {
      Map<String, String> config = new HashMap<>(super.getConfigOverrides());
      config.put("switchboard.session.backlog", "2000");
      return config;
    }
  }

  @TestHTTPResource("/")
  URI root;

  @Test
  void framesLeaveInTheOrderOfTheirNumbers() throws InterruptedException, ExecutionException {
    List<Client> senders = Stream.of("ada", "eve", "zoe", "ida").map(this::connect).toList();
    try (Client bob = connect("bob");
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> sending =
          senders.stream().<Future<?>>map(it -> threads.submit(() -> sendAll(it))).toList();
      for (int seq = 1; seq <= EACH * senders.size(); seq++) {
        assertThat(bob.next()).startsWith("{\"type\":\"signal\",\"seq\":" + seq + ",");
      }
      for (Future<?> one : sending) {
        one.get();
      }
    } finally {
      senders.forEach(Client::close);
    }
  }

  private static void sendAll(Client client) {
    for (int id = 1; id <= EACH; id++) {
      client.send("{\"type\":\"signal\",\"id\":" + id + ",\"to\":\"bob\",\"data\":" + id + "}");
    }
  }

  private Client connect(String name) {
    Client client = Client.connect(URI.create("ws://" + root.getAuthority() + "/v1/signal"));
    client.send("{\"type\":\"hello\",\"name\":\"" + name + "\"}");
    try {
      assertThat(client.next()).contains("welcome");
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return client;
  }
}
