package dev.switchboard.launcher;

import java.util.List;

/** What a command line asks for. */
sealed interface Request permits UpOptions, TokenOptions, Request.Stop, Request.Misread {

  /** To stop what is left of earlier runs. */
  record Stop() implements Request {}

  /** Nothing that can be understood, and why. */
  record Misread(String reason) implements Request {}

  static Request parse(String command, List<String> options) {
    return switch (command) {
      case "up" -> UpOptions.parse(options);
      case "token" -> TokenOptions.parse(options);
      case "down" -> options.isEmpty() ? new Stop() : new Misread("down takes no options");
      default -> new Misread("no such command: " + command);
    };
  }
}
