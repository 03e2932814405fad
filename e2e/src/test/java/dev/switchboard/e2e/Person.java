package dev.switchboard.e2e;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.util.regex.Pattern;

/** Somebody in front of the page, who sees what it shows and uses what it offers. */
final class Person {

  /** Generous: it is only ever waited out when a test fails. */
  private static final double PATIENCE_MS = 60_000;

  private final String name;
  private final Page page;

  private Person(String name, Page page) {
    this.name = name;
    this.page = page;
    page.setDefaultTimeout(PATIENCE_MS);
  }

  /** Opens the page, with a small picture: two cores encode and decode everything here. */
  static Person at(House house, Browser browser, String name) {
    return at(house.page() + "/?small", browser.newPage(), name);
  }

  static Person at(String url, Page page, String name) {
    Person person = new Person(name, page);
    page.navigate(url);
    return person;
  }

  Page page() {
    return page;
  }

  Person signIn() {
    page.fill("#name", name);
    page.click("#sign-in-form button[type=submit]");
    return this;
  }

  Person signedIn() {
    signIn();
    awaitState("ready");
    return this;
  }

  /** Calls somebody out of the list of who is online. */
  void call(String peer) {
    page.click("#people button[data-peer=\"" + peer + "\"]");
  }

  /** Says how it stands: {@code online}, {@code away} or {@code busy}. */
  void say(String status) {
    page.selectOption("#my-status", status);
  }

  /** Waits until the list shows how it stands with somebody. */
  void awaitStatus(String peer, String status) {
    page.waitForSelector(
        "#people li[data-status=" + status + "]:has(button[data-peer=\"" + peer + "\"])");
  }

  void accept() {
    awaitState("ringing");
    page.click("#accept");
  }

  void decline() {
    awaitState("ringing");
    page.click("#decline");
  }

  void hangUp() {
    page.click("#hang-up");
  }

  /** Closes the tab, as one does: without a word. */
  void leave() {
    page.context().close();
  }

  void awaitState(String state) {
    page.waitForSelector(
        "body[data-state=" + state + "]",
        new Page.WaitForSelectorOptions().setState(WaitForSelectorState.ATTACHED));
  }

  String state() {
    return String.valueOf(page.getAttribute("body", "data-state"));
  }

  /** Waits until the page says something that matches, whatever the case. */
  void awaitWords(String pattern) {
    page.locator(
            "#status",
            new Page.LocatorOptions()
                .setHasText(Pattern.compile(pattern, Pattern.CASE_INSENSITIVE)))
        .waitFor();
  }

  /** Waits until both pictures are there. */
  void awaitPictures() {
    awaitState("in-call");
    page.waitForFunction(
        "() => ['local-video', 'remote-video'].every("
            + "id => document.getElementById(id).videoWidth > 0)");
  }

  /** Waits until the picture of the other has moved on by so many frames. */
  void awaitMoreFrames(int more) {
    long before = decodedFrames();
    while (decodedFrames() < before + more) {
      page.waitForTimeout(100);
    }
  }

  private long decodedFrames() {
    Object frames =
        page.evaluate(
            """
            async () => {
              const stats = await window.switchboard.peerConnection().getStats();
              return [...stats.values()]
                .filter((s) => s.type === "inbound-rtp" && s.kind === "video")
                .reduce((sum, s) => sum + (s.framesDecoded ?? 0), 0);
            }
            """);
    return ((Number) frames).longValue();
  }

  /** The kinds of the two ends of the path that media takes, as {@code host relay}. */
  String path() {
    return String.valueOf(
        page.evaluate(
            """
            async () => {
              const stats = await window.switchboard.peerConnection().getStats();
              const transport = [...stats.values()].find((s) => s.type === "transport");
              const pair = stats.get(transport.selectedCandidatePairId);
              return [pair.localCandidateId, pair.remoteCandidateId]
                .map((id) => stats.get(id).candidateType)
                .join(" ");
            }
            """));
  }
}
