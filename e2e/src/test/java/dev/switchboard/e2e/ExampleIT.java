package dev.switchboard.e2e;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The shortest clients there are, which share no line with ours, against the whole house: at one
 * signaling pod, and each at another one.
 */
class ExampleIT {

  private static final String BOTH_PICTURES =
      "() => ['local', 'remote'].every(id => document.getElementById(id).videoWidth > 0)";

  private static final String TWO_CALLS = calls(2);
  private static final String ONE_REMOTE_PICTURE =
      "() => { const remote = document.querySelectorAll('#remote video');"
          + " return remote.length === 1 && remote[0].videoWidth > 0; }";

  @ParameterizedTest(name = "{0} pods")
  @ValueSource(ints = {1, 2})
  void theExamplePageCallsAnother(int pods) {
    try (Stage stage = Stage.of(House.up("--pods", String.valueOf(pods)))) {
      Page ada = open(stage.house().page(), stage.hers(), "call");
      Page bob = open(stage.house().lastPage(), stage.his(), "call");
      logIn(ada, "ada");
      logIn(bob, "bob");

      ada.fill("#them", "bob");
      ada.click("#call");
      ada.waitForFunction(BOTH_PICTURES);
      bob.waitForFunction(BOTH_PICTURES);

      bob.click("#leave");
      ada.waitForSelector("#said:text('they left')");

      // And our own page calls it.
      Person carol = Person.at(stage.house(), stage.hers(), "carol").signedIn();
      carol.call("bob");
      carol.awaitPictures();
      carol.awaitMoreFrames(5);
    }
  }

  @ParameterizedTest(name = "{0} pods")
  @ValueSource(ints = {1, 2})
  void twoWhoShareARoomSeeEachOtherAndAThirdIsRefused(int pods) {
    try (Stage stage = Stage.of(House.up("--pods", String.valueOf(pods)))) {
      Page ada = open(stage.house().page(), stage.hers(), "rooms");
      Page bob = open(stage.house().lastPage(), stage.his(), "rooms");
      join(ada, "tea", "joined");
      join(bob, "tea", "joined");
      ada.waitForFunction(BOTH_PICTURES);
      bob.waitForFunction(BOTH_PICTURES);
      join(open(stage.house().lastPage(), stage.his(), "rooms"), "tea", "this room is full");

      bob.context().close();
      ada.waitForSelector("#said:text('they left')");
    }
  }

  @ParameterizedTest(name = "{0} pods")
  @ValueSource(ints = {1, 2})
  void threePagesMeshAndAReloadIsCalledAnew(int pods) {
    try (Stage stage = Stage.of(House.up("--pods", String.valueOf(pods)))) {
      Page ada = open(stage.house().page(), stage.hers(), "mesh");
      ada.waitForSelector("#said:text('I am 1')");
      Page bob = open(stage.house().lastPage(), stage.his(), "mesh");
      bob.waitForSelector("#said:text('I am 2')");
      Page eve = open(stage.house().lastPage(), stage.his(), "mesh");
      eve.waitForSelector("#said:text('I am 3')");
      ada.waitForFunction(TWO_CALLS);
      bob.waitForFunction(TWO_CALLS);
      eve.waitForFunction(TWO_CALLS);

      eve.reload();
      eve.waitForSelector("#said:text('I am 3')");
      eve.waitForFunction(TWO_CALLS);
      ada.waitForFunction(TWO_CALLS);
      bob.waitForFunction(TWO_CALLS);

      // Where only the socket was gone, the connections are those from before.
      eve.evaluate("() => { eve = [...calls.values()]; say('gone'); socket.close(); }");
      eve.waitForSelector("#said:text('I am 3')");
      eve.waitForFunction(TWO_CALLS);
      eve.waitForFunction("() => eve.every(call => [...calls.values()].includes(call))");

      eve.context().close();
      ada.waitForFunction(calls(1));
      bob.waitForFunction(calls(1));
    }
  }

  @ParameterizedTest(name = "{0} pods")
  @ValueSource(ints = {1, 2})
  void twoWhoShareANameSeeEachOther(int pods) {
    try (Stage stage = Stage.of(House.up("--pods", String.valueOf(pods)))) {
      Page ada = open(stage.house().page(), stage.hers(), "mediasession");
      Page bob = open(stage.house().lastPage(), stage.his(), "mediasession");
      share(ada, "studio");
      ada.waitForSelector("#said:text('waiting for somebody else')");
      share(bob, "studio");
      ada.waitForFunction(BOTH_PICTURES);
      bob.waitForFunction(BOTH_PICTURES);

      // Whoever comes back calls, and the other one answers.
      bob.reload();
      share(bob, "studio");
      bob.waitForFunction(BOTH_PICTURES);
      ada.waitForFunction(BOTH_PICTURES);
    }
  }

  /** So many connections, each with a picture. */
  private static String calls(int many) {
    return "() => calls.size === "
        + many
        + " && [...calls].every(([id, call]) => call.connectionState === 'connected'"
        + " && document.getElementById('peer-' + id).videoWidth > 0)";
  }

  private static void share(Page page, String name) {
    page.fill("#name", name);
    page.click("#connect");
  }

  @ParameterizedTest(name = "{0} pods")
  @ValueSource(ints = {1, 2})
  void bothCallAtOnceInARoomOfV1AndOneGivesWay(int pods) {
    try (Stage stage = Stage.of(House.up("--pods", String.valueOf(pods)))) {
      Page ada = open(stage.house().page(), stage.hers(), "v1");
      Page bob = open(stage.house().lastPage(), stage.his(), "v1");
      enter(ada, "ada", "tea");
      enter(bob, "bob", "tea");
      ada.waitForFunction(ONE_REMOTE_PICTURE);
      bob.waitForFunction(ONE_REMOTE_PICTURE);

      bob.click("#leave");
      bob.waitForSelector("#said:text('closed: 1000')");
      ada.waitForFunction("() => document.querySelectorAll('#remote video').length === 0");
    }
  }

  private static void enter(Page page, String name, String room) {
    page.fill("#name", name);
    join(page, room, "joined");
  }

  private static void join(Page page, String room, String answer) {
    page.fill("#room", room);
    page.click("#join");
    page.waitForSelector("#said:text('" + answer + "')");
  }

  private static void logIn(Page page, String name) {
    page.fill("#me", name);
    page.click("#login");
    page.waitForSelector("#said:text('logged in')");
  }

  /** As if it were served by the service itself: pages of other origins get no socket. */
  private static Page open(String root, Browser browser, String dialect) {
    Path example = House.script().resolveSibling("web/examples/" + dialect + ".html");
    Page page = browser.newPage();
    page.route(
        "**/example.html",
        route ->
            route.fulfill(new Route.FulfillOptions().setContentType("text/html").setPath(example)));
    page.navigate(root + "/example.html");
    return page;
  }
}
