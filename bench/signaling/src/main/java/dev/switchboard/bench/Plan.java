package dev.switchboard.bench;

import dev.switchboard.bench.dialect.Dialect;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What a run is to do.
 *
 * @param addresses where callers connect, and where the others do if it is somewhere else
 * @param count of pairs, of crowds, or of connections
 * @param members of a crowd
 * @param window how many messages of a pair are on their way at once
 * @param rate messages a second in all
 * @param warm for which nothing is counted
 * @param length for which all is; both in seconds of the servers' CPU, so that they are no shorter
 *     on a machine that has other work, or of the clock where no server is watched or the rate is
 *     given
 * @param patience with what is still on its way at the end
 * @param watched the ids of the servers' processes
 */
record Plan(
    Dialect dialect,
    List<InetSocketAddress> addresses,
    int count,
    int members,
    int window,
    int rate,
    Duration warm,
    Duration length,
    Duration patience,
    List<Long> watched) {

  static Plan of(Map<String, String> options) {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    return new Plan(
        Dialect.named(options.getOrDefault("dialect", "call")),
        Arrays.stream(options.getOrDefault("ports", "8080").split(",", -1))
            .map(port -> new InetSocketAddress(loopback, Integer.parseInt(port)))
            .toList(),
        Integer.parseInt(options.getOrDefault("count", "32")),
        Integer.parseInt(options.getOrDefault("members", "2")),
        Integer.parseInt(options.getOrDefault("window", "1")),
        Integer.parseInt(options.getOrDefault("rate", "4000")),
        seconds(options.getOrDefault("warm", "10")),
        seconds(options.getOrDefault("seconds", "4")),
        seconds(options.getOrDefault("patience", "5")),
        Arrays.stream(options.getOrDefault("watch", "").split(",", -1))
            .filter(pid -> !pid.isEmpty())
            .map(Long::valueOf)
            .toList());
  }

  private static Duration seconds(String text) {
    return Duration.ofMillis(Math.round(Double.parseDouble(text) * 1000));
  }
}
