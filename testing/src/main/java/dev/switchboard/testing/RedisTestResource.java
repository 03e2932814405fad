package dev.switchboard.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gives a {@code @QuarkusTest} a real Redis, and any {@link RealRedis} field of the test class. */
public final class RedisTestResource implements QuarkusTestResourceLifecycleManager {

  private @Nullable RealRedis redis;

  @Override
  public Map<String, String> start() {
    RealRedis started = RealRedis.start();
    redis = started;
    return Map.of("quarkus.redis.hosts", started.url());
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(redis, new TestInjector.MatchesType(RealRedis.class));
  }

  @Override
  public void stop() {
    if (redis != null) {
      redis.close();
    }
  }
}
