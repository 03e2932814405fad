package dev.switchboard.turn.selftest;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;

/**
 * The answer of {@code GET /stun/self-test}.
 *
 * @param at when it was begun
 */
@RegisterForReflection
@JsonPropertyOrder({"at", "checks"})
public record SelfTestReport(Instant at, List<Check> checks) {}
