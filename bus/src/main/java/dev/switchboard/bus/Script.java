package dev.switchboard.bus;

import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Request;
import io.vertx.mutiny.redis.client.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * A Lua script that changes several keys as one step, and returns an array.
 *
 * <p>Redis answers a batch of commands as a whole: one error spoils the answers to all. So a script
 * answers an error of its own as a value, and {@link #result} tells the two apart. It is called by
 * its digest, since to send and digest ten thousand characters costs more than most scripts do;
 * {@link Pipeline} sees to it that Redis has it.
 */
public final class Script {

  private static final String FAILED = "switchboard-script-failed";

  /** In the message of a failed batch: the place of a command in it, and what Redis said. */
  private static final String MISSING = "] NOSCRIPT ";

  private static final String GUARD_BEGIN = "local function run()\n";
  private static final String GUARD_END =
      "\nend\n"
          + "local done, result = pcall(run)\n"
          + "if done then return result end\n"
          + "return {'"
          + FAILED
          + "', tostring(type(result) == 'table' and result.err or result)}\n";

  private final String text;
  private final String digest;

  private Script(String text) {
    this.text = GUARD_BEGIN + text + GUARD_END;
    this.digest = digest(this.text);
  }

  private static String digest(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-1", e);
    }
  }

  /** The script in a resource beside {@code owner}. */
  public static Script of(Class<?> owner, String name) {
    return new Script(text(owner, name));
  }

  /** A script that begins with what several have in common. */
  public static Script of(Class<?> owner, String common, String name) {
    return new Script(text(owner, common) + text(owner, name));
  }

  private static String text(Class<?> owner, String name) {
    try (InputStream in = owner.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalArgumentException("no such script: " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A script that changes who is here: what those have in common comes first, with its three
   * arguments, {@link ChangesConfig#arguments}.
   */
  public static Script thatChanges(Class<?> owner, String common, String name) {
    return new Script(text(Script.class, "changes.lua") + text(owner, common) + text(owner, name));
  }

  /**
   * The command that runs it, with its text: for what is run seldom, and not in a {@link Pipeline}.
   * All keys must be in one slot of Redis Cluster.
   */
  public Request request(List<String> keys, List<String> arguments) {
    Request request = Request.cmd(Command.EVAL).arg(text).arg(keys.size());
    keys.forEach(request::arg);
    arguments.forEach(request::arg);
    return request;
  }

  /** The command that has Redis remember it, until it restarts. */
  Request load() {
    return Request.cmd(Command.SCRIPT).arg("LOAD").arg(text);
  }

  /** The command that runs it, if Redis has it. */
  Request call(List<String> keys, List<String> arguments) {
    Request request = Request.cmd(Command.EVALSHA).arg(digest).arg(keys.size());
    keys.forEach(request::arg);
    arguments.forEach(request::arg);
    return request;
  }

  /**
   * What it returned.
   *
   * @throws RedisGoneException if it failed: a key holds what it must not, or Redis refuses writes
   */
  public static Response result(Response response) {
    if (response.size() == 2 && FAILED.equals(response.get(0).toString())) {
      throw RedisGoneException.notDone("Redis refuses: " + response.get(1));
    }
    return response;
  }

  /** How many commands of a batch were not done because Redis did not have their scripts. */
  static int missing(Throwable failure) {
    String message = String.valueOf(failure.getMessage());
    int missing = 0;
    for (int at = message.indexOf(MISSING); at >= 0; at = message.indexOf(MISSING, at + 1)) {
      missing++;
    }
    return missing;
  }
}
