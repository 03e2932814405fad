package dev.switchboard.signaling.socket;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(OpenMode.class)
class CallTranscriptTest {

  @TestHTTPResource("/")
  URI root;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a-call-from-login-to-leave",
        "leave-without-a-name",
        "a-callee-declines",
        "a-dropped-tab-is-seen-by-its-partner",
        "a-name-has-one-session",
        "a-second-login-renames",
        "bad-input-gets-a-clear-answer",
        "names-of-all-scripts",
        "two-calls-ring-at-once",
      })
  void theTranscriptHolds(String name) throws InterruptedException {
    URI socket = URI.create("ws://" + root.getAuthority() + "/");
    Transcript.read("/transcripts/call/" + name + ".txt").play(_ -> socket);
  }
}
