package dev.switchboard.signaling.socket;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(V1TranscriptTest.SmallRooms.class)
class V1TranscriptTest {

  public static class SmallRooms extends OpenMode {
    @Override
    public Map<String, String> getConfigOverrides() {
      Map<String, String> config = new HashMap<>(super.getConfigOverrides());
      config.put("switchboard.v1.room-capacity", "3");
      config.put("switchboard.v1.sessions-per-peer", "2");
      config.put("switchboard.v1.roster-page", "2");
      config.put("switchboard.session.leave-after", "4s");
      config.put("switchboard.session.resume-within", "6s");
      return config;
    }
  }

  @TestHTTPResource("/")
  URI root;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hello",
        "several-sessions",
        "a-room",
        "a-full-room",
        "bad-input",
        "resume",
        "unread",
      })
  void theTranscriptHolds(String name) throws InterruptedException {
    URI socket = URI.create("ws://" + root.getAuthority() + "/v1/signal");
    Transcript.read("/transcripts/v1/" + name + ".txt").play(_ -> socket);
  }
}
