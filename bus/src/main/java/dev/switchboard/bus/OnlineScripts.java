package dev.switchboard.bus;

import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Request;
import java.util.List;

/** The Lua that works on {@link OnlineKeys}; each is one step to everybody else. */
final class OnlineScripts {

  private static final String LEASE =
      """
      local function lease(key)
        if redis.call('PTTL', key) < tonumber(ARGV[1]) then
          redis.call('PEXPIRE', key, ARGV[1])
        end
      end
      """;

  /** KEYS nodes, scopes, online. ARGV lease, node, scope, field, value. */
  static final String ENTER =
      LEASE
          + """
          redis.call('SADD', KEYS[1], ARGV[2])
          redis.call('SADD', KEYS[2], ARGV[3])
          redis.call('HSET', KEYS[3], ARGV[4], ARGV[5])
          lease(KEYS[1])
          lease(KEYS[2])
          lease(KEYS[3])
          """;

  /** KEYS online. ARGV field, session. */
  static final String LEAVE =
      """
      local value = redis.call('HGET', KEYS[1], ARGV[1])
      if value then
        local readable, entry = pcall(cjson.decode, value)
        if not readable or type(entry) ~= 'table' or entry.session == ARGV[2] then
          redis.call('HDEL', KEYS[1], ARGV[1])
        end
      end
      """;

  /**
   * KEYS nodes, scopes, online. ARGV lease, node, what the hashes' keys begin with. Returns 1 if
   * the hash is whole, 0 if it has to be written afresh.
   */
  static final String RENEW =
      LEASE
          + """
          redis.call('SADD', KEYS[1], ARGV[2])
          for _, node in ipairs(redis.call('SMEMBERS', KEYS[1])) do
            if node ~= ARGV[2] and redis.call('EXISTS', ARGV[3] .. node) == 0 then
              redis.call('SREM', KEYS[1], node)
            end
          end
          lease(KEYS[1])
          lease(KEYS[2])
          redis.call('PEXPIRE', KEYS[3], ARGV[1])
          return redis.call('HEXISTS', KEYS[3], '')
          """;

  /**
   * KEYS nodes, scopes, online. ARGV lease, node, the reserved field's value, then scope, field and
   * value of each session.
   */
  static final String REWRITE =
      LEASE
          + """
          redis.call('SADD', KEYS[1], ARGV[2])
          redis.call('DEL', KEYS[3])
          redis.call('HSET', KEYS[3], '', ARGV[3])
          local last
          for i = 4, #ARGV, 3 do
            if ARGV[i] ~= last then
              last = ARGV[i]
              redis.call('SADD', KEYS[2], last)
            end
            redis.call('HSET', KEYS[3], ARGV[i + 1], ARGV[i + 2])
          end
          lease(KEYS[1])
          lease(KEYS[2])
          redis.call('PEXPIRE', KEYS[3], ARGV[1])
          """;

  /** KEYS nodes, online. ARGV node. */
  static final String WITHDRAW =
      """
      redis.call('DEL', KEYS[2])
      redis.call('SREM', KEYS[1], ARGV[1])
      """;

  /**
   * KEYS nodes, scopes. ARGV what the hashes' keys begin with, peer. Returns scope, value, scope,
   * value and so on.
   */
  static final String FIND =
      """
      local found = {}
      local scopes = redis.call('SMEMBERS', KEYS[2])
      for _, node in ipairs(redis.call('SMEMBERS', KEYS[1])) do
        for _, scope in ipairs(scopes) do
          local value = redis.call('HGET', ARGV[1] .. node, scope .. '/' .. ARGV[2])
          if value then
            found[#found + 1] = scope
            found[#found + 1] = value
          end
        end
      end
      return found
      """;

  private OnlineScripts() {}

  static Request eval(String script, List<String> keys, List<String> arguments) {
    Request request = Request.cmd(Command.EVAL).arg(script).arg(keys.size());
    keys.forEach(request::arg);
    arguments.forEach(request::arg);
    return request;
  }
}
