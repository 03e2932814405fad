package dev.switchboard.signaling.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A conversation, frame by frame, as a text file:
 *
 * <pre>
 * # a comment
 * ada &gt; {"type":"login","name":"ada"}     ada sends it; who speaks first connects
 * ada &lt; {"type":"login","success":true}   the next frame that ada gets is this one
 * ada x                                     ada's connection drops
 * ada &lt; {"id":"$ada"}                      $ada is any id or ticket here, and this very one from here on
 * ada @ uid=1&amp;page=2                        ada connects, or connects anew, with this query
 * ada ! 3501                                ada's connection is closed with this code
 * ada &gt;&gt; f6                                 a binary frame, in hexadecimal; &lt;&lt; for one she gets
 * ada &lt; {"polite":$ada&lt;$bob}               true if this id is less than that one, or else false
 * </pre>
 *
 * At the end nobody may have a frame that the transcript does not tell of.
 */
final class Transcript {

  private static final Pattern VARIABLE = Pattern.compile("\\$[a-z0-9]+(<\\$[a-z0-9]+)?");
  private static final Pattern ID =
      Pattern.compile("[A-Za-z0-9_-]{22}(\\.[A-Za-z0-9_-]{22}\\.[a-z0-9]+)?");

  private final List<String> lines;

  private Transcript(List<String> lines) {
    this.lines = lines;
  }

  static Transcript read(String resource) {
    try (InputStream in = Transcript.class.getResourceAsStream(resource)) {
      assertThat(in).as(resource).isNotNull();
      return new Transcript(
          new String(in.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .filter(line -> !line.isBlank() && !line.startsWith("#"))
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Plays it; {@code node} says where each client connects to. */
  void play(Function<String, URI> node) throws InterruptedException {
    play((who, query) -> Client.connect(withQuery(node.apply(who), query)));
  }

  /** The address with a query, unless that is empty. */
  static URI withQuery(URI address, String query) {
    return query.isEmpty() ? address : URI.create(address + "?" + query);
  }

  /** Plays it; {@code door} lets each client in. */
  void play(Door door) throws InterruptedException {
    Map<String, Client> clients = new LinkedHashMap<>();
    Map<String, String> ids = new HashMap<>();
    try {
      for (String line : lines) {
        String[] words = line.split(" ", 3);
        if (words[1].equals("@")) {
          clients.put(words[0], door.open(words[0], words[2]));
          continue;
        }
        Client client = clients.computeIfAbsent(words[0], who -> door.open(who, ""));
        switch (words[1]) {
          case ">" -> client.send(filledIn(words[2], "", ids));
          case "<" -> {
            String frame = client.next();
            assertThat(frame).as(line).isEqualTo(filledIn(words[2], frame, ids));
          }
          case ">>" -> client.send(HexFormat.of().parseHex(words[2]));
          case "<<" -> assertThat(client.next()).as(line).isEqualTo("0x" + words[2]);
          case "x" -> client.drop();
          case "!" -> assertThat(client.closeCode()).as(line).isEqualTo(Integer.parseInt(words[2]));
          default -> throw new IllegalArgumentException(line);
        }
      }
      for (Client client : clients.values()) {
        client.settle();
      }
      clients.forEach((who, client) -> assertThat(client.unread()).as(who).isEmpty());
    } finally {
      clients.values().forEach(Client::close);
    }
  }

  /** The line with every id filled in: those known already, and new ones as the frame has them. */
  private static String filledIn(String line, String frame, Map<String, String> ids) {
    StringBuilder out = new StringBuilder();
    Matcher variable = VARIABLE.matcher(line);
    while (variable.find()) {
      variable.appendReplacement(out, "");
      if (variable.group(1) != null) {
        out.append(isLess(variable.group().split("<", 2), ids));
        continue;
      }
      String id = ids.get(variable.group());
      if (id == null) {
        // What stands before it is already filled in, so the id begins where the line so far ends.
        Matcher fresh = ID.matcher(frame);
        id = fresh.find(Math.min(out.length(), frame.length())) ? fresh.group() : "no id";
        ids.put(variable.group(), id);
      }
      out.append(id);
    }
    return variable.appendTail(out).toString();
  }

  private static boolean isLess(String[] two, Map<String, String> ids) {
    return ids.getOrDefault(two[0], two[0]).compareTo(ids.getOrDefault(two[1], two[1])) < 0;
  }

  /** How a client gets a connection. */
  interface Door {

    /** Connects {@code who}, with a query unless that is empty. */
    Client open(String who, String query);
  }
}
