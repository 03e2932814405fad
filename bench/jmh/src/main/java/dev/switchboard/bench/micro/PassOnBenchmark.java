package dev.switchboard.bench.micro;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchboard.signaling.dialect.json.Envelope;
import dev.switchboard.signaling.dialect.json.Scanned;
import dev.switchboard.signaling.protocol.Payload;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A frame in, who and what it is for found, and a frame out with the same payload: by scanning and
 * splicing, as {@code dialect.json} does, and by a tree, as a page of Jackson's would.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class PassOnBenchmark {

  private static final String DESCRIPTION =
      "v=0\\r\\no=- 4611731400430051336 2 IN IP4 127.0.0.1\\r\\ns=-\\r\\nt=0 0\\r\\n"
          + "a=group:BUNDLE 0 1\\r\\nm=video 9 UDP/TLS/RTP/SAVPF 96 97 98 99\\r\\nc=IN IP4 0.0.0.0\\r\\n"
          + "a=rtpmap:96 VP8/90000\\r\\na=rtcp-fb:96 goog-remb\\r\\na=rtcp-fb:96 transport-cc\\r\\n"
          + "a=fmtp:97 apt=96\\r\\na=ssrc-group:FID 2231627014 632943048\\r\\n";
  private static final String CANDIDATE =
      "{\"candidate\":\"candidate:1 1 udp 2122260223 192.168.1.17 54400 typ host generation 0 ufrag"
          + " EsAw network-id 1\",\"sdpMid\":\"0\",\"sdpMLineIndex\":0}";

  private final ObjectMapper json = new ObjectMapper();

  /** What is in the frame: 3000 characters or 200. */
  @Param({"offer", "candidate"})
  public String kind = "";

  private String frame = "";

  /** A frame as a browser sends it. */
  @Setup
  public void write() {
    String payload =
        kind.equals("offer")
            ? "{\"type\":\"offer\",\"sdp\":\"" + DESCRIPTION.repeat(9) + "\"}"
            : CANDIDATE;
    frame = "{\"type\":\"" + kind + "\",\"name\":\"bob\",\"" + kind + "\":" + payload + "}";
  }

  /** As it is done. */
  @Benchmark
  public String scanAndSplice() {
    return switch (Envelope.scan(frame)) {
      case Envelope envelope -> {
        String type = Objects.requireNonNull(envelope.string("type"));
        String name = Objects.requireNonNull(envelope.string("name"));
        Payload payload = Objects.requireNonNull(envelope.payload(type));
        StringBuilder out = new StringBuilder(frame.length() + name.length());
        out.append("{\"type\":\"").append(type).append("\",\"").append(type).append("\":");
        payload.appendTo(out);
        yield out.append('}').toString();
      }
      case Scanned.Malformed _ -> throw new IllegalStateException(frame);
    };
  }

  /** As it could be done. */
  @Benchmark
  public String tree() throws JsonProcessingException {
    ObjectNode in = (ObjectNode) json.readTree(frame);
    String type = in.get("type").textValue();
    String name = in.get("name").textValue();
    ObjectNode out = json.createObjectNode();
    out.put("type", type);
    out.set(type, in.get(type));
    return name.isEmpty() ? "" : json.writeValueAsString(out);
  }
}
