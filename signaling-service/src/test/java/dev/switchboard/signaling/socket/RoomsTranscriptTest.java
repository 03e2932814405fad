package dev.switchboard.signaling.socket;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(OpenMode.class)
class RoomsTranscriptTest {

  @TestHTTPResource("/")
  URI root;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a-room-of-two",
        "a-connection-that-drops",
        "acknowledgements",
        "bad-input-gets-a-clear-answer",
      })
  void theTranscriptHolds(String name) throws InterruptedException {
    URI socket = URI.create("ws://" + root.getAuthority() + "/rooms");
    Transcript.read("/transcripts/rooms/" + name + ".txt").play(_ -> socket);
  }
}
