package dev.switchboard.signaling.socket;

import dev.switchboard.testing.TestKeys;
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
@TestProfile(MeshTranscriptTest.Patient.class)
class MeshTranscriptTest {

  /** Whoever was gone is in time, however slow the machine. */
  public static class Patient extends ClosedModeTest.Closed {
    @Override
    public Map<String, String> getConfigOverrides() {
      Map<String, String> settings = new HashMap<>(super.getConfigOverrides());
      settings.put("switchboard.mesh.grace", "10m");
      settings.put("switchboard.mesh.capacity", "3");
      return settings;
    }
  }

  @TestHTTPResource("/mesh")
  URI root;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "three-pages",
        "a-reload",
        "only-the-socket-was-gone",
        "a-uid-has-one-socket",
        "a-full-mesh",
        "text-and-cbor",
        "bad-input-gets-a-clear-answer",
      })
  void theTranscriptHolds(String name) throws InterruptedException {
    // A realm has one mesh, and each transcript begins with an empty one.
    Optional<String> token =
        Optional.of(TestKeys.shared().token("page", Map.of("realm", "of-" + name)));
    URI socket = URI.create("ws://" + root.getAuthority() + "/mesh");
    Transcript.read("/transcripts/mesh/" + name + ".txt")
        .play((_, query) -> Client.connect(Transcript.withQuery(socket, query), List.of(), token));
  }
}
