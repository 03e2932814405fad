package dev.switchboard.e2e;

import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A Chromium process of its own, with a fake camera that everybody may use. */
final class Browser implements AutoCloseable {

  private final Playwright playwright;
  private final com.microsoft.playwright.Browser chromium;

  Browser() {
    this.playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    this.chromium =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(executable())
                    .setArgs(
                        List.of(
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-quic",
                            "--no-first-run",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync",
                            // A page that a test hands in counts as one from the Internet.
                            "--disable-features=LocalNetworkAccessChecks",
                            "--use-fake-device-for-media-stream=fps=10",
                            "--use-fake-ui-for-media-stream")));
  }

  /** A window of its own profile; it trusts the certificate of {@code up --tls}. */
  Page newPage() {
    return chromium
        .newContext(
            new com.microsoft.playwright.Browser.NewContextOptions().setIgnoreHTTPSErrors(true))
        .newPage();
  }

  private static Path executable() {
    return Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no Chromium: install the package chromium"));
  }

  @Override
  public void close() {
    chromium.close();
    playwright.close();
  }
}
