package dev.switchboard.signaling.switchboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TracesTest {

  private final InMemorySpanExporter spans = InMemorySpanExporter.create();
  private final OpenTelemetry telemetry =
      OpenTelemetrySdk.builder()
          .setTracerProvider(
              SdkTracerProvider.builder()
                  .addSpanProcessor(SimpleSpanProcessor.create(spans))
                  .build())
          .build();
  private final Traces here = new Traces(telemetry, false);
  private final Traces there = new Traces(telemetry, false);

  @Test
  void whatIsDeliveredAtAnotherNodeBelongsToWhatCausedIt() {
    Span received = here.receive("call", "Send");
    String parent = Traces.parent(received);
    boolean delivered = there.deliver(parent, "call", () -> true);
    received.end();

    assertThat(delivered).isTrue();
    List<SpanData> finished = spans.getFinishedSpanItems();
    assertThat(finished).extracting(SpanData::getName).containsExactly("deliver", "receive Send");
    assertThat(finished.getFirst().getTraceId()).isEqualTo(finished.getLast().getTraceId());
    assertThat(finished.getFirst().getParentSpanId()).isEqualTo(finished.getLast().getSpanId());
  }

  @Test
  void whereNobodyTracesNothingIsRecordedAndNothingIsCarried() {
    Traces off = new Traces(telemetry, true);

    assertThat(Traces.parent(off.receive("call", "Send"))).isEmpty();
    assertThat(off.deliver("", "call", () -> 7)).isEqualTo(7);
    assertThat(spans.getFinishedSpanItems()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"noise", "00-1-2-3", "00-zz-zz-zz", "00---", "00-0-0-01"})
  void aTraceParentThatIsNoneBeginsAnotherTrace(String parent) {
    assertThat(there.deliver(parent, "call", () -> 7)).isEqualTo(7);
    assertThat(spans.getFinishedSpanItems().getFirst().getParentSpanContext().isValid()).isFalse();
  }
}
