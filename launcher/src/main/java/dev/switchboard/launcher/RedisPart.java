package dev.switchboard.launcher;

import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import redis.embedded.RedisExecProvider;

/** A real Redis on loopback, on a port of its own, which forgets everything when it stops. */
final class RedisPart {

  private RedisPart() {}

  static Started start(Layout layout, UpOptions options, int port)
      throws IOException, InterruptedException {
    File binary = RedisExecProvider.defaultProvider().get();
    Child redis =
        Child.start(
            "redis",
            List.of(
                binary.getAbsolutePath(),
                "--port",
                String.valueOf(port),
                "--bind",
                "127.0.0.1",
                "--save",
                "",
                "--appendonly",
                "no"),
            Map.of(),
            layout.log("redis", options.port()));
    while (!redis.hasSaid("Ready to accept connections")) {
      if (redis.ended(20)) {
        return new Started.Failed("redis did not start: " + redis.lastWords());
      }
    }
    return new Started.Running(redis, "redis://127.0.0.1:" + port);
  }
}
