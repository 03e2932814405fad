package dev.switchboard.bus;

import dev.switchboard.testing.RealRedis;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A Redis that is not there yet when the service starts. */
public final class LateRedis implements QuarkusTestResourceLifecycleManager {

  private @Nullable RealRedis redis;

  @Override
  public Map<String, String> start() {
    RealRedis late = RealRedis.start();
    late.stop();
    redis = late;
    return Map.of("quarkus.redis.hosts", late.url());
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
