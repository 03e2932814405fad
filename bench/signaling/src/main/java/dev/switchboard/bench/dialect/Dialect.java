package dev.switchboard.bench.dialect;

import java.util.Optional;

/** What a client says in one protocol. The load itself knows none. */
public interface Dialect {

  /** Stands in an envelope where each message has an id of its own, ten digits that rise. */
  String ID = "9000000000";

  /** The path of the upgrade, with its query. */
  String path();

  default Optional<String> subprotocol() {
    return Optional.empty();
  }

  /** What is said first, before anything is heard. */
  Optional<String> greeting(String name, String partner);

  /** What follows from a frame that comes before one is logged in. */
  Step next(String heard, String name, String partner);

  /**
   * The frame that carries a payload to the partner.
   *
   * @param word offer, answer or candidate
   */
  String envelope(String word, String name, String partner, String payload);

  /** How a frame begins that says that a message was taken; empty where there is no such thing. */
  default String acknowledgement() {
    return "";
  }

  /** A frame that is none of the load's, heard after login: what is said to it, if anything. */
  default Optional<String> answer(String heard) {
    return Optional.empty();
  }

  /** Whether such a frame was to be expected, and nothing is to be done about it. */
  default boolean isNews(String heard) {
    return false;
  }

  /** After so many messages a client says what it has; 0 where it need not. */
  default int receiptEvery() {
    return 0;
  }

  /**
   * What it says then.
   *
   * @param number what stands behind {@code "seq":} in the newest message
   */
  default String receipt(long number) {
    throw new UnsupportedOperationException("it has no receipts");
  }

  /** The way to being logged in. */
  sealed interface Step {
    record Say(String text) implements Step {}

    record LoggedIn() implements Step {}

    record Refused() implements Step {}
  }

  static Dialect named(String name) {
    return switch (name) {
      case "call" -> new Call();
      case "v1" -> new V1();
      case "rooms" -> new Rooms();
      case "socketio" -> new SocketIo();
      default -> throw new IllegalArgumentException("no such dialect: " + name);
    };
  }
}
