package dev.switchboard.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Two people in two browsers, over three services. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CallIT {

  private House house;
  private Browser hers;
  private Browser his;

  @BeforeAll
  void start() {
    house = House.up();
    hers = new Browser();
    his = new Browser();
  }

  @AfterAll
  void stop() {
    hers.close();
    his.close();
    house.close();
  }

  @Test
  void twoBrowsersSeeEachOtherAndAHangUpIsSeenByBoth() {
    Person ada = Person.at(house, hers, "ada").signedIn();
    Person bob = Person.at(house, his, "bob").signedIn();

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
    ada.page().context().close();
    bob.page().context().close();
  }

  @Test
  void aDroppedTabIsSeenByThePartner() {
    Person carol = Person.at(house, hers, "carol").signedIn();
    Person dave = Person.at(house, his, "dave").signedIn();
    carol.call("dave");
    dave.accept();
    carol.awaitPictures();
    dave.awaitPictures();

    carol.page().context().close();
    dave.awaitState("ready");

    // Presence forgets carol too, so dave's list does.
    dave.page()
        .waitForSelector(
            "#people button[data-peer=carol]",
            new Page.WaitForSelectorOptions().setState(WaitForSelectorState.DETACHED));
    dave.page().context().close();
  }

  @Test
  void aCalleeMayDecline() {
    Person eve = Person.at(house, hers, "eve").signedIn();
    Person frank = Person.at(house, his, "frank").signedIn();
    eve.call("frank");
    frank.decline();

    eve.awaitState("ready");
    eve.awaitWords("declined");
    frank.awaitState("ready");
    eve.page().context().close();
    frank.page().context().close();
  }

  @Test
  void aNameInUseIsRefusedInWords() {
    Person first = Person.at(house, hers, "grace").signedIn();
    Person second = Person.at(house, his, "grace").signIn();

    second.awaitWords("in use|taken");
    assertThat(second.state()).isEqualTo("signed-out");
    assertThat(first.state()).isEqualTo("ready");
    first.page().context().close();
    second.page().context().close();
  }

  @Test
  void callingNobodyIsSaidInWords() {
    Person heidi = Person.at(house, hers, "heidi").signedIn();
    heidi.page().fill("#call-name", "nobody at all");
    heidi.page().press("#call-name", "Enter");

    heidi.awaitWords("nobody at all");
    heidi.awaitState("ready");
    heidi.page().context().close();
  }
}
