package dev.switchboard.turn.relay;

import dev.switchboard.turn.url.IceUrl;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The TURN servers there are, and which of them a caller is told. Any thread; never waits. */
@ApplicationScoped
public class Relays {

  /** The region of {@code switchboard.ice.turn-urls}. */
  private static final String PLAIN = "default";

  private static final String PLAIN_URLS = "switchboard.ice.turn-urls";
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  private final Map<String, Pool> pools = new LinkedHashMap<>();
  private final String defaultRegion;
  private final boolean needsHost;

  Relays(PlainConfig plain, RelayConfig config) {
    if (config.handedOut() < 1) {
      throw new ConfigurationException("switchboard.relay.handed-out takes at least 1");
    }
    List<String> urls = plain.turnUrls().orElse(List.of());
    if (!urls.isEmpty()) {
      add(PLAIN, List.of(relay(PLAIN, 1, urls, PLAIN_URLS)), config.handedOut());
    }
    config
        .pools()
        .forEach((region, members) -> add(region, relays(region, members), config.handedOut()));
    this.defaultRegion = config.defaultRegion().orElseGet(this::obviousRegion);
    if ((!pools.isEmpty() || config.defaultRegion().isPresent())
        && !pools.containsKey(defaultRegion)) {
      throw new ConfigurationException(
          "switchboard.relay.default-region has to name one of the regions there are");
    }
    this.needsHost =
        pools.values().stream()
            .flatMap(pool -> pool.relays().stream())
            .flatMap(relay -> relay.endpoints().stream())
            .anyMatch(endpoint -> endpoint.url().needsHost());
  }

  /** Whether there are none at all. */
  public boolean isEmpty() {
    return pools.isEmpty();
  }

  /** Whether any url depends on where a request was sent. */
  public boolean needsHost() {
    return needsHost;
  }

  /**
   * The urls that a caller is told: those of the region, or of the default one if there is no such
   * region or nothing of it answers. Empty only if {@link #isEmpty}.
   */
  public List<IceUrl> of(Optional<String> region) {
    @Nullable Pool otherwise = pools.get(defaultRegion);
    if (otherwise == null) {
      return List.of();
    }
    Pool asked = region.flatMap(this::pool).orElse(otherwise);
    Pool chosen = asked.isLastKnown() && !otherwise.isLastKnown() ? otherwise : asked;
    return chosen.pick(ThreadLocalRandom.current());
  }

  private Optional<Pool> pool(String region) {
    return Optional.ofNullable(pools.get(region));
  }

  Collection<Pool> pools() {
    return pools.values();
  }

  String defaultRegion() {
    return defaultRegion;
  }

  private void add(String region, List<Relay> relays, int handedOut) {
    requireName(region);
    if (pools.put(region, new Pool(region, relays, handedOut)) != null) {
      throw new ConfigurationException(
          "The region 'default' is that of " + PLAIN_URLS + ": move its urls to the pool");
    }
  }

  private String obviousRegion() {
    return pools.size() == 1 ? pools.keySet().iterator().next() : PLAIN;
  }

  private static List<Relay> relays(String region, Map<String, RelayConfig.Member> members) {
    List<Relay> relays = new ArrayList<>();
    members.forEach((name, member) ->
        relays.add(
            relay(
                name,
                member.weight(),
                member.urls(),
                "switchboard.relay.pools." + region + "." + name + ".urls")));
    return relays;
  }

  private static Relay relay(String name, int weight, List<String> urls, String setting) {
    requireName(name);
    if (weight < 1) {
      throw new ConfigurationException("The weight of a relay is at least 1");
    }
    return new Relay(
        name, weight, urls.stream().map(url -> new Endpoint(IceUrl.turn(url, setting))).toList());
  }

  private static void requireName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new ConfigurationException(
          "Regions and relays of switchboard.relay.pools have names of 1 to 64 letters, digits,"
              + " hyphens and underscores");
    }
  }
}
