package dev.switchboard.signaling.delivery;

import dev.switchboard.signaling.SharedRedis;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

@SuppressWarnings("NullAway.Init") // set before the first test
class RedisDeliveryTest extends SharedDeliveryContract {

  private static SharedRedis redis;

  @BeforeAll
  static void start() {
    redis = SharedRedis.standalone();
  }

  @AfterAll
  static void stop() {
    redis.close();
  }

  @Override
  SharedRedis redis() {
    return redis;
  }
}
