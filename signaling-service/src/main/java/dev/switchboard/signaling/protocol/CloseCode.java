package dev.switchboard.signaling.protocol;

/**
 * The one catalogue of the codes that this service closes a socket with. Of its own codes, 3000 to
 * 3499 mean that the client should come back and 3500 to 3999 that it should not; the others are
 * those of RFC 6455, section 7.4.1, and the registry it founded.
 */
public enum CloseCode {
  /** The client said that it goes. */
  NORMAL(1000, "bye", false),
  /** What came is no WebSocket frame. */
  PROTOCOL_ERROR(1002, "the frame breaks RFC 6455", false),
  /** A binary frame where the dialect has text alone. */
  UNSUPPORTED_DATA(1003, "this dialect speaks text", false),
  /** A frame over the limit. */
  TOO_BIG(1009, "the frame is over the limit", false),
  /** The service has a bug; it has logged it. */
  INTERNAL_ERROR(1011, "the service failed", true),
  /** The pod is stopping; another one, or its successor, answers. */
  SERVICE_RESTART(1012, "the service restarts", true),
  /** The client does not read what it is sent; its outbox is full. */
  SLOW_CONSUMER(3000, "the client does not read", true),
  /** The client went on sending far faster than it may, though it was refused. */
  TOO_FAST(3001, "the client sends too fast", true),
  /** The pod was taken for dead, and what it knew of the session is void. */
  NODE_LOST(3002, "the pod was taken for dead", true),
  /** The client did not say in time who it is. */
  NO_HELLO(3003, "no name was taken in time", true),
  /** What was known of the session is lost, or it was given up; the client begins anew. */
  SESSION_LOST(3004, "the session is lost", true),
  /** Redis has not said what became of a command; the client asks again when it is back. */
  NO_ANSWER(3005, "Redis does not answer", true),
  /** The token that opened the socket has ended; with it there is no coming back. */
  TOKEN_EXPIRED(3500, "the token has expired", false),
  /** The same session was attached again, on another socket. */
  SUPERSEDED(3501, "the session is attached elsewhere", false),
  /** The client presented a token of somebody else than the one who opened the socket. */
  TOKEN_CONFLICT(3502, "the tokens are of two peers", false),
  /** The client did not read what it was sent, twice within a minute. */
  SLOW_AGAIN(3503, "the client did not read again", false);

  private final int code;
  private final String reason;
  private final boolean reconnect;

  CloseCode(int code, String reason, boolean reconnect) {
    this.code = code;
    this.reason = reason;
    this.reconnect = reconnect;
  }

  public int code() {
    return code;
  }

  /** In words, at most 123 bytes of UTF-8 (RFC 6455, section 5.5). */
  public String reason() {
    return reason;
  }

  /** Whether the client should connect again. */
  public boolean reconnect() {
    return reconnect;
  }
}
