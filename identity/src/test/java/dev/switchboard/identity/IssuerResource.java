package dev.switchboard.identity;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gives a {@code @QuarkusTest} an {@link Issuer} and its address as {@code issuer.address}. */
public class IssuerResource implements QuarkusTestResourceLifecycleManager {

  private @Nullable Issuer issuer;

  @Override
  public Map<String, String> start() {
    Issuer started = Issuer.start();
    issuer = started;
    return Map.of("issuer.address", started.address());
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(issuer, new TestInjector.MatchesType(Issuer.class));
  }

  @Override
  public void stop() {
    if (issuer != null) {
      issuer.close();
    }
  }
}
