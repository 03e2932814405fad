package dev.switchboard.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The same call where media may take no way but the relay: a real coturn, our credentials. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RelayIT {

  private final Stage stage = Stage.of(House.up("--relay-only"));

  @AfterAll
  void stop() {
    stage.close();
  }

  @Test
  void aCallGoesThroughCoturnWithTheServicesCredentials() {
    Person ada = stage.her("ada").signedIn();
    Person bob = stage.him("bob").signedIn();
    ada.call("bob");
    bob.accept();
    ada.awaitPictures();
    bob.awaitPictures();
    ada.awaitMoreFrames(5);
    bob.awaitMoreFrames(5);

    assertThat(ada.path()).isEqualTo("relay relay");
    assertThat(bob.path()).isEqualTo("relay relay");
    ada.hangUp();
    bob.awaitState("ready");
    ada.leave();
    bob.leave();
  }

  @Test
  void aForgedCredentialGetsNoCallThrough() {
    Person carol = withForgedCredentials(stage.hers(), "carol").signedIn();
    Person dave = withForgedCredentials(stage.his(), "dave").signedIn();
    carol.call("dave");

    carol.awaitWords("relay");
    carol.awaitState("ready");
    dave.awaitState("ready");
    assertThat(carol.page().getAttribute("body", "data-connection")).isNotEqualTo("connected");
    carol.leave();
    dave.leave();
  }

  private Person withForgedCredentials(Browser browser, String name) {
    Page page = browser.newPage();
    page.route("**/ice-servers", RelayIT::forge);
    return Person.at(stage.house().page() + "/?small", page, name);
  }

  private static void forge(Route route) {
    APIResponse answer = route.fetch();
    String forged = answer.text().replaceFirst("\"credential\":\"....", "\"credential\":\"AAAA");
    assertThat(forged).isNotEqualTo(answer.text());
    route.fulfill(
        new Route.FulfillOptions()
            .setStatus(200)
            .setHeaders(
                Map.of(
                    "content-type", "application/json",
                    "access-control-allow-origin", "*"))
            .setBody(forged));
  }
}
