package dev.switchboard.signaling.ledger;

import dev.switchboard.signaling.SharedRedis;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

@SuppressWarnings("NullAway.Init") // set before the first test
class RedisLedgerTest extends SharedLedgerContract {

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
