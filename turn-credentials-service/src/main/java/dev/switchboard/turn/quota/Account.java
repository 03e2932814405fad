package dev.switchboard.turn.quota;

import dev.switchboard.identity.Realm;
import java.util.Optional;

/** On whose account a request goes. */
public sealed interface Account {

  /** A peer with a token. */
  record Peer(Realm realm, String name) implements Account {}

  /** Somebody without one, of whom the address alone is known. */
  record Anonymous() implements Account {}

  /** A backend, by the id of its API key. */
  record Key(String id) implements Account {}

  /** The id of the API key; empty if no backend asks. */
  default Optional<String> backend() {
    return switch (this) {
      case Key(String id) -> Optional.of(id);
      case Peer _, Anonymous _ -> Optional.empty();
    };
  }
}
