package dev.switchboard.launcher;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;

/** Whom {@code token} is for, in which realm, and for how long. */
record TokenOptions(String name, String realm, Duration ttl) implements Request {

  static Request parse(List<String> args) {
    String name = "";
    String realm = "default";
    Duration ttl = Duration.ofHours(12);
    for (Iterator<String> rest = args.iterator(); rest.hasNext(); ) {
      String word = rest.next();
      switch (word) {
        case "--realm" -> {
          realm = rest.hasNext() ? rest.next() : "";
          if (!realm.matches("[A-Za-z0-9._-]{1,64}")) {
            return new Request.Misread(
                "--realm takes letters, digits, dots, hyphens and underscores");
          }
        }
        case "--seconds" -> {
          String seconds = rest.hasNext() ? rest.next() : "";
          if (!seconds.matches("[1-9][0-9]{0,8}")) {
            return new Request.Misread("--seconds takes a number above 0");
          }
          ttl = Duration.ofSeconds(Long.parseLong(seconds));
        }
        default -> {
          if (!name.isEmpty() || word.startsWith("--")) {
            return new Request.Misread("token does not know " + word);
          }
          name = word;
        }
      }
    }
    return name.isEmpty()
        ? new Request.Misread("token takes the name of a peer")
        : new TokenOptions(name, realm, ttl);
  }
}
