package dev.switchboard.signaling.socket;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(MediasessionTranscriptTest.Small.class)
class MediasessionTranscriptTest {

  /** As many of a name as a transcript can bring. */
  public static class Small extends OpenMode {
    @Override
    public Map<String, String> getConfigOverrides() {
      Map<String, String> settings = new HashMap<>(super.getConfigOverrides());
      settings.put("switchboard.mediasession.sharers", "3");
      return settings;
    }
  }

  @TestHTTPResource("/")
  URI root;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "two-pages-of-one-name",
        "a-connection-belongs-to-the-name-it-gave-last",
        "anything-else-passes-byte-for-byte",
        "a-name-has-so-many-connections",
        "bad-input-gets-a-clear-answer",
      })
  void theTranscriptHolds(String name) throws InterruptedException {
    URI socket = URI.create("ws://" + root.getAuthority() + "/");
    Transcript.read("/transcripts/mediasession/" + name + ".txt")
        .play((_, _) -> Client.connect(socket, List.of("sip"), Optional.empty()));
  }
}
