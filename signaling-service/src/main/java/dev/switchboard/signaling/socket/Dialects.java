package dev.switchboard.signaling.socket;

import dev.switchboard.signaling.dialect.Dialect;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Chooses the dialect of a socket from its path and the sub-protocols its client offers. */
@ApplicationScoped
class Dialects {

  private final List<Dialect> dialects;

  Dialects(@Any Instance<Dialect> dialects) {
    this.dialects = dialects.stream().toList();
  }

  /**
   * The dialect for an upgrade request.
   *
   * @param offered the value of {@code Sec-WebSocket-Protocol}, if there is one
   * @return empty if the client asks for sub-protocols and none is spoken on this path: a 101
   *     without one of them would be an answer that the client has to refuse
   */
  Optional<Dialect> choose(String path, @Nullable String offered) {
    List<String> names =
        offered == null
            ? List.of()
            : Arrays.stream(offered.split(","))
                .map(String::strip)
                .filter(name -> !Carriers.isCarrier(name))
                .toList();
    return dialects.stream()
        .filter(dialect -> dialect.path().equals(path))
        .filter(dialect ->
            names.isEmpty() ? dialect.isDefault() : names.contains(dialect.subprotocol()))
        .findFirst();
  }
}
