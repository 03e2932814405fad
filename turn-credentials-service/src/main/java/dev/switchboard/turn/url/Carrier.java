package dev.switchboard.turn.url;

/** How a client's messages reach a server (RFC 7065, section 3.1). */
public enum Carrier {
  UDP,
  TCP,
  TLS,
  DTLS
}
