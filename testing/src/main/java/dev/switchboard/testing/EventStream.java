package dev.switchboard.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Reads server-sent events as a browser does. */
public final class EventStream implements AutoCloseable {

  /** One event, or the end of the stream, which has no name. */
  public record Told(String id, String name, String data) {

    /** That nothing follows. */
    public static final Told END = new Told("", "", "");
  }

  private final HttpClient client = HttpClient.newHttpClient();
  private final HttpResponse<InputStream> response;
  private final BlockingQueue<Told> told = new LinkedBlockingQueue<>();

  /** Asks, and waits for the headers of the answer. */
  public EventStream(URI uri, Map<String, String> headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).header("Accept", "text/event-stream");
    headers.forEach(request::header);
    try {
      response = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    Thread.ofPlatform().daemon().start(this::read);
  }

  private void read() {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
      String id = "";
      String name = "";
      StringBuilder data = new StringBuilder();
      String line = lines.readLine();
      while (line != null) {
        if (line.isEmpty()) {
          if (!name.isEmpty()) {
            told.add(new Told(id, name, data.toString()));
          }
          id = "";
          name = "";
          data.setLength(0);
        } else {
          int colon = line.indexOf(':');
          String value = line.substring(colon + 1).stripLeading();
          switch (line.substring(0, colon)) {
            case "id" -> id = value;
            case "event" -> name = value;
            case "data" -> data.append(value);
            case "" -> told.add(new Told("", "comment", value));
            default -> {}
          }
        }
        line = lines.readLine();
      }
    } catch (IOException e) {
      // A stream that was cut has ended.
    }
    told.add(Told.END);
  }

  /** The status of the answer. */
  public int status() {
    return response.statusCode();
  }

  /** A header of the answer. */
  public Optional<String> header(String name) {
    return response.headers().firstValue(name);
  }

  /** What is told next; waits for it. */
  public Told next() {
    try {
      Told next = told.poll(20, TimeUnit.SECONDS);
      if (next == null) {
        throw new AssertionError("nothing was told");
      }
      return next;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** How much has come that was not looked at. */
  public int waiting() {
    return told.size();
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
