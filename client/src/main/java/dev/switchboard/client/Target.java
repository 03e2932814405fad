package dev.switchboard.client;

/** Whom a signal is for. */
public sealed interface Target {

  /** All sessions of a peer. */
  record Peer(String name) implements Target {}

  /** One session. */
  record Session(String id) implements Target {}

  /** All others in a room. */
  record Room(String name) implements Target {}
}
