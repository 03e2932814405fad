package dev.switchboard.turn.ice;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.switchboard.turn.credential.Credential;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Optional;

/**
 * W3C's {@code RTCIceServer}.
 *
 * @param username empty for STUN
 * @param credential empty for STUN
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonPropertyOrder({"urls", "username", "credential"})
public record IceServer(List<String> urls, Optional<String> username, Optional<String> credential) {

  static IceServer stun(List<String> urls) {
    return new IceServer(urls, Optional.empty(), Optional.empty());
  }

  static IceServer turn(List<String> urls, Credential credential) {
    return new IceServer(
        urls, Optional.of(credential.username()), Optional.of(credential.password()));
  }
}
