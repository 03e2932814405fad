package dev.switchboard.e2e;

import static java.net.http.HttpResponse.BodyHandlers.ofString;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Two people in two browsers, over three services. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CallIT {

  private final Stage stage = Stage.of(House.up());

  @AfterAll
  void stop() {
    stage.close();
  }

  @Test
  void twoBrowsersSeeEachOtherAndAHangUpIsSeenByBoth() {
    Person ada = stage.her("ada").signedIn();
    Person bob = stage.him("bob").signedIn();

    ada.call("bob");
    bob.accept();
    ada.awaitPictures();
    bob.awaitPictures();
    ada.awaitMoreFrames(10);
    bob.awaitMoreFrames(10);

    bob.hangUp();
    bob.awaitState("ready");
    ada.awaitState("ready");
    ada.awaitWords("hung up|ended");

    // And once more, the other way round.
    bob.call("ada");
    ada.accept();
    bob.awaitPictures();
    ada.awaitMoreFrames(5);
    ada.leave();
    bob.leave();
  }

  @Test
  void aDroppedTabIsSeenByThePartner() {
    Person carol = stage.her("carol").signedIn();
    Person dave = stage.him("dave").signedIn();
    carol.call("dave");
    dave.accept();
    carol.awaitPictures();
    dave.awaitPictures();

    carol.leave();
    dave.awaitState("ready");

    // Presence forgets carol too, so dave's list does.
    dave.page()
        .waitForSelector(
            "#people button[data-peer=carol]",
            new Page.WaitForSelectorOptions().setState(WaitForSelectorState.DETACHED));
    dave.leave();
  }

  @Test
  void whoIsBusySaysSoToThoseWhoLookAndToThoseWhoComeLater() {
    Person iris = stage.her("iris").signedIn();
    Person jack = stage.him("jack").signedIn();
    iris.say("busy");
    jack.awaitStatus("iris", "busy");

    Person again = stage.him("jill").signedIn();
    again.awaitStatus("iris", "busy");
    iris.say("online");
    jack.awaitStatus("iris", "online");
    again.leave();
    iris.leave();
    jack.leave();
  }

  @Test
  void aCalleeMayDecline() {
    Person eve = stage.her("eve").signedIn();
    Person frank = stage.him("frank").signedIn();
    eve.call("frank");
    frank.decline();

    eve.awaitState("ready");
    eve.awaitWords("declined");
    frank.awaitState("ready");
    eve.leave();
    frank.leave();
  }

  @Test
  void aNameInUseIsRefusedInWords() {
    Person first = stage.her("grace").signedIn();
    Person second = stage.him("grace").signIn();

    second.awaitWords("in use|taken");
    assertThat(second.state()).isEqualTo("signed-out");
    assertThat(first.state()).isEqualTo("ready");
    first.leave();
    second.leave();
  }

  @Test
  void callingNobodyIsSaidInWords() {
    Person heidi = stage.her("heidi").signedIn();
    heidi.page().fill("#call-name", "nobody at all");
    heidi.page().press("#call-name", "Enter");

    heidi.awaitWords("nobody at all");
    heidi.awaitState("ready");
    heidi.leave();
  }

  /** Signaling says who left, presence reads it: as images, too. */
  @Test
  void whoHasLeftWasLastSeenThen() {
    stage.her("ivan").signedIn().leave();

    URI ivan = URI.create(stage.house().address("who is online") + "/ivan");
    try (HttpClient http = HttpClient.newHttpClient()) {
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() ->
              assertThat(http.send(HttpRequest.newBuilder(ivan).build(), ofString()).body())
                  .contains("\"online\":false", "\"lastSeen\":"));
    }
  }
}
