package dev.switchboard.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * A call through {@code docker compose up --wait}, which has to run already. No build starts it by
 * itself, for few machines have Docker: {@code mvn verify -pl e2e -Dit.test=ComposeSmoke
 * -Dcompose.url=https://localhost:8443}, and {@code -Dcompose.path="relay relay"} where media has
 * to go through coturn.
 */
class ComposeSmoke {

  private final String url = System.getProperty("compose.url", "http://localhost:8080") + "/?small";

  @Test
  void twoBrowsersSeeEachOtherThroughTheProxy() {
    try (Browser hers = new Browser();
        Browser his = new Browser()) {
      Person ada = Person.at(url, hers.newPage(), "ada").signedIn();
      Person bob = Person.at(url, his.newPage(), "bob").signedIn();

      ada.call("bob");
      bob.accept();
      ada.awaitPictures();
      bob.awaitPictures();
      ada.awaitMoreFrames(5);
      bob.awaitMoreFrames(5);

      assertThat(ada.path()).matches(System.getProperty("compose.path", "\\w+ \\w+"));
      ada.hangUp();
      bob.awaitState("ready");
    }
  }
}
