package dev.switchboard.signaling.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.testing.TestKeys;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.net.http.WebSocketHandshakeException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(MeshTest.Hasty.class)
class MeshTest {

  /** A grace that a test can wait out. */
  public static class Hasty extends ClosedModeTest.Closed {
    @Override
    public Map<String, String> getConfigOverrides() {
      Map<String, String> settings = new HashMap<>(super.getConfigOverrides());
      settings.put("switchboard.mesh.grace", "200ms");
      settings.put("quarkus.log.category.\"dev.switchboard\".level", "DEBUG");
      return settings;
    }
  }

  @TestHTTPResource("/mesh")
  URI root;

  @Test
  void whoIsGoneForLongerThanTheGraceIsOfflineAndComesBackAsAnother() throws InterruptedException {
    try (Client ada = connect("?uid=ada&page=1")) {
      assertThat(ada.next()).matches("\\{\"type\":\"init\",\"id\":\\d+,\"online\":\\[]}");
      Client bob = connect("?uid=bob&page=1");
      String init = bob.next();
      String online = ada.next();
      String bobsId = online.replaceAll("\\D", "");
      assertThat(online).isEqualTo("{\"type\":\"online\",\"id\":%s,\"reload\":false}", bobsId);
      assertThat(init).contains("\"id\":" + bobsId + ",");

      bob.drop();
      assertThat(ada.next()).isEqualTo("{\"type\":\"offline\",\"id\":%s}", bobsId);

      try (Client again = connect("?uid=bob&page=1")) {
        assertThat(again.next()).doesNotContain("\"id\":" + bobsId + ",");
        assertThat(ada.next())
            .contains("\"online\"", "\"reload\":false")
            .doesNotContain("\"id\":" + bobsId + ",");
      }
      assertThat(ada.next()).contains("\"offline\"");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "?uid=ada",
        "?page=1",
        "?uid=&page=1",
        "?uid=%20&page=1",
        "?uid=ada&page=",
        "?uid=$&page=1",
        "?uid=ada&page=$",
      })
  void withoutABoundedUidAndPageThereIsNoSocket(String query) {
    String filled = query.replace("$", "x".repeat(129));
    assertThatThrownBy(() -> connect(filled))
        .cause()
        .isInstanceOfSatisfying(
            WebSocketHandshakeException.class,
            refused -> assertThat(refused.getResponse().statusCode()).isEqualTo(400));
  }

  @Test
  void theSubprotocolMayBeNamed() throws InterruptedException {
    try (Client ada =
        connect("?uid=ada&page=1", List.of("switchboard.mesh"), Map.of("realm", "other"))) {
      assertThat(ada.subprotocol()).isEqualTo("switchboard.mesh");
      assertThat(ada.next()).contains("init");
    }
  }

  @Test
  void aTokenMustAllowTheRoom() throws InterruptedException {
    Map<String, Object> claims = Map.of("switchboard", Map.of("rooms", List.of("team-*")));
    try (Client ada = connect("?uid=ada&page=1", List.of(), claims)) {
      assertThat(ada.next())
          .isEqualTo(
              "{\"type\":\"error\",\"code\":\"forbidden\","
                  + "\"message\":\"Your token does not allow the room: mesh\",\"retry\":false}");
    }
  }

  @Test
  void theUidReachesNoLog() throws InterruptedException {
    List<String> log = new CopyOnWriteArrayList<>();
    Formatter words = new PatternFormatter("%s%e");
    Handler handler =
        new ExtHandler() {
          @Override
          protected void doPublish(ExtLogRecord logged) {
            log.add(words.format(logged));
          }
        };
    Logger root = Logger.getLogger("");
    root.addHandler(handler);
    try {
      Map<String, Object> realm = Map.of("realm", "logged");
      try (Client ada = connect("?uid=confidential&page=1", List.of(), realm);
          Client tab = connect("?uid=confidential&page=1", List.of(), realm)) {
        assertThat(ada.closeCode()).isEqualTo(3501);
        tab.send("nonsense");
        assertThat(tab.next()).contains("init");
        assertThat(tab.next()).contains("malformed");
      }
      assertThatThrownBy(() -> connect("?uid=confidential")).isNotNull();
    } finally {
      root.removeHandler(handler);
    }
    assertThat(log).isNotEmpty().noneMatch(line -> line.contains("confidential"));
  }

  private Client connect(String query) {
    return connect(query, List.of(), Map.of("realm", "tests"));
  }

  /** A realm has one mesh. */
  private Client connect(String query, List<String> subprotocols, Map<String, Object> claims) {
    return Client.connect(
        URI.create("ws://" + root.getAuthority() + "/mesh" + query),
        subprotocols,
        Optional.of(TestKeys.shared().token("page", claims)));
  }
}
