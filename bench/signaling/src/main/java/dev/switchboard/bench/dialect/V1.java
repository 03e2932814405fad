package dev.switchboard.bench.dialect;

import java.util.Optional;

/** Protocol v1, with its acknowledgements: {@code docs/protocol.md}. */
final class V1 implements Dialect {

  @Override
  public String path() {
    return "/v1/signal";
  }

  @Override
  public Optional<String> subprotocol() {
    return Optional.of("switchboard.v1");
  }

  @Override
  public Optional<String> greeting(String name, String partner) {
    return Optional.of("{\"type\":\"hello\",\"name\":\"" + name + "\"}");
  }

  @Override
  public Step next(String heard, String name, String partner) {
    return heard.startsWith("{\"type\":\"welcome\"") ? new Step.LoggedIn() : new Step.Refused();
  }

  @Override
  public String envelope(String word, String name, String partner, String payload) {
    return "{\"type\":\"signal\",\"id\":"
        + ID
        + ",\"to\":\""
        + partner
        + "\",\"data\":"
        + payload
        + "}";
  }

  @Override
  public String acknowledgement() {
    return "{\"type\":\"ok\"";
  }

  /** As often as the reference client. */
  @Override
  public int receiptEvery() {
    return 32;
  }

  @Override
  public String receipt(long number) {
    return "{\"type\":\"ack\",\"seq\":" + number + "}";
  }
}
