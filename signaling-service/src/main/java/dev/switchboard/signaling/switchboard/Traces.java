package dev.switchboard.signaling.switchboard;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import jakarta.inject.Singleton;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Follows what a client sends until it is in the outboxes of others, also at other nodes. No span
 * names a peer. Off, it costs a comparison.
 *
 * <p>What a parcel carries of it is a {@code traceparent} (W3C Trace Context, section 3.2), or
 * nothing.
 */
@Singleton
class Traces {

  /** What a parcel carries where nobody traces. */
  static final String NONE = "";

  private final boolean off;
  private final Tracer tracer;

  Traces(
      OpenTelemetry telemetry,
      @ConfigProperty(name = "quarkus.otel.sdk.disabled", defaultValue = "true") boolean off) {
    this.off = off;
    this.tracer = telemetry.getTracer("dev.switchboard.signaling");
  }

  /** Begins to follow a command; to be ended by its caller. */
  Span receive(String scope, String command) {
    return off
        ? Span.getInvalid()
        : tracer
            .spanBuilder("receive " + command)
            .setSpanKind(SpanKind.SERVER)
            .setAttribute("switchboard.dialect", scope)
            .startSpan();
  }

  /** What a parcel takes along. */
  static String parent(Span span) {
    SpanContext context = span.getSpanContext();
    return context.isValid()
        ? "00-"
            + context.getTraceId()
            + '-'
            + context.getSpanId()
            + '-'
            + context.getTraceFlags().asHex()
        : NONE;
  }

  /** Does {@code step} as what came of {@code parent}. */
  <T> T deliver(String parent, String scope, Supplier<T> step) {
    if (off || parent.isEmpty()) {
      return step.get();
    }
    Span span =
        tracer
            .spanBuilder("deliver")
            .setParent(Context.root().with(Span.wrap(read(parent))))
            .setSpanKind(SpanKind.PRODUCER)
            .setAttribute("switchboard.dialect", scope)
            .startSpan();
    try {
      return step.get();
    } finally {
      span.end();
    }
  }

  /** Invalid, and so the beginning of another trace, for what is no traceparent. */
  private static SpanContext read(String parent) {
    String[] parts = parent.split("-", 4);
    return parts.length == 4 && parts[3].matches("[0-9a-f]{2}")
        ? SpanContext.createFromRemoteParent(
            parts[1], parts[2], TraceFlags.fromHex(parts[3], 0), TraceState.getDefault())
        : SpanContext.getInvalid();
  }
}
