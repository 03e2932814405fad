package dev.switchboard.bench;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * What a call consists of. The payload is a JSON object as long as those that browsers send; the
 * {@link Stamp} stands in its first text.
 */
enum Kind {
  /** 3000 characters. */
  OFFER("{\"type\":\"offer\",\"sdp\":\"", "\"}", 3000),
  /** 3000 characters. */
  ANSWER("{\"type\":\"answer\",\"sdp\":\"", "\"}", 3000),
  /** 200 characters. */
  CANDIDATE("{\"candidate\":\"", "\",\"sdpMid\":\"0\",\"sdpMLineIndex\":0}", 200);

  /** A call is an offer one way, an answer the other, and five candidates each way. */
  static final int OF_ONE_SIDE = 6;

  private static final String SDP =
      "v=0\\r\\no=- 4611731400430051336 2 IN IP4 127.0.0.1\\r\\ns=-\\r\\nt=0 0\\r\\n"
          + "a=group:BUNDLE 0 1\\r\\nm=video 9 UDP/TLS/RTP/SAVPF 96 97 98 99\\r\\nc=IN IP4 0.0.0.0\\r\\n"
          + "a=rtpmap:96 VP8/90000\\r\\na=rtcp-fb:96 goog-remb\\r\\na=rtcp-fb:96 transport-cc\\r\\n"
          + "a=fmtp:97 apt=96\\r\\na=ssrc-group:FID 2231627014 632943048\\r\\n";
  private static final String ADDRESS =
      " 1 udp 2122260223 192.168.1.17 54400 typ host generation 0 ufrag EsAw network-id 1 ";

  private final String head;
  private final String tail;
  private final int checksum;

  Kind(String head, String end, int length) {
    String filler = length > 1000 ? SDP : ADDRESS;
    int missing = length - head.length() - Stamp.LENGTH - end.length();
    // An escape that is cut in two is no JSON: what remains is filled with a letter.
    String whole = filler.repeat(missing / filler.length());
    this.head = head;
    this.tail = whole + "x".repeat(missing - whole.length()) + end;
    CRC32C crc = new CRC32C();
    crc.update(this.head.getBytes(StandardCharsets.US_ASCII));
    crc.update(this.tail.getBytes(StandardCharsets.US_ASCII));
    this.checksum = (int) crc.getValue();
  }

  /** What one side says as its number {@code number}, from 0. */
  static Kind of(Side side, long number) {
    if (number % OF_ONE_SIDE != 0) {
      return CANDIDATE;
    }
    return switch (side) {
      case CALLER -> OFFER;
      case CALLEE -> ANSWER;
    };
  }

  /** The word of the dialects for it. */
  String word() {
    return switch (this) {
      case OFFER -> "offer";
      case ANSWER -> "answer";
      case CANDIDATE -> "candidate";
    };
  }

  /** How much stands before the stamp. */
  int before() {
    return head.length();
  }

  /** How much stands after it. */
  int after() {
    return tail.length();
  }

  /** CRC-32C of what stands before and after it. */
  int checksum() {
    return checksum;
  }

  /** A payload with room for a stamp. */
  String payload() {
    return head + (char) Stamp.MARK + "0".repeat(Stamp.LENGTH - 1) + tail;
  }
}
