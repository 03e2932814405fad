package dev.switchboard.identity;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Knows backends by their keys, of which it has the hashes alone. How long an answer takes does not
 * depend on how much of a key is right, nor on which key it is. Computes and never waits.
 */
@ApplicationScoped
public class ApiKeys {

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
  private static final Pattern HASH = Pattern.compile("[0-9A-Fa-f]{64}");

  private final List<Entry> entries;

  ApiKeys(ApiKeyConfig config, AuthConfig auth) {
    List<Entry> read = new ArrayList<>();
    config.keys().forEach((id, key) -> read.add(Entry.read(id, key, auth.realm())));
    this.entries = List.copyOf(read);
  }

  void refuseToStartAmbiguous(@Observes StartupEvent event) {
    Set<String> hashes = new HashSet<>();
    for (Entry entry : entries) {
      if (!hashes.add(HexFormat.of().formatHex(entry.hash))) {
        throw new ConfigurationException(
            "switchboard.api-keys has the same hash under two ids: each backend needs its own key");
      }
    }
  }

  /** The backend that has this key; empty for a key that nobody has. */
  public Optional<Backend> of(String key) {
    return find(Optional.empty(), key);
  }

  /** The backend of this id, if the key is its own. */
  public Optional<Backend> of(String id, String key) {
    return find(Optional.of(id), key);
  }

  private Optional<Backend> find(Optional<String> id, String key) {
    byte[] hash = sha256(key);
    Optional<Backend> found = Optional.empty();
    for (Entry entry : entries) {
      boolean right = MessageDigest.isEqual(entry.hash, hash);
      if (right && id.map(entry.backend.id()::equals).orElse(true)) {
        found = Optional.of(entry.backend);
      }
    }
    return found;
  }

  private static byte[] sha256(String key) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static final class Entry {

    private final Backend backend;
    private final byte[] hash;

    private Entry(Backend backend, byte[] hash) {
      this.backend = backend;
      this.hash = hash;
    }

    private static Entry read(String id, ApiKeyConfig.Key key, String defaultRealm) {
      String realm = key.realm().orElse(defaultRealm);
      if (!ID.matcher(id).matches()) {
        throw new ConfigurationException(
            "An id of switchboard.api-keys takes 1 to 64 letters, digits, hyphens and underscores");
      }
      if (!HASH.matcher(key.hash()).matches()) {
        throw new ConfigurationException(
            "switchboard.api-keys." + id + ".hash takes the SHA-256 of the key: 64 hex digits");
      }
      if (!Realm.isName(realm)) {
        throw new ConfigurationException(
            "switchboard.api-keys."
                + id
                + ".realm takes 1 to 64 letters, digits, dots, hyphens and underscores");
      }
      return new Entry(
          new Backend(id, new Realm(realm), new NamePattern(key.names())),
          HexFormat.of().parseHex(key.hash()));
    }
  }
}
