package dev.switchboard.turn.envelope;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.switchboard.identity.Problem;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * An error as clients of Matrix read it (client-server API, "Standard error response").
 *
 * @param errcode out of the specification's list
 */
@RegisterForReflection
@JsonPropertyOrder({"errcode", "error"})
record MatrixError(String errcode, String error) {

  /**
   * The same in Matrix's words.
   *
   * @param token whether the request brought one
   */
  static MatrixError of(Problem problem, boolean token) {
    String errcode =
        switch (problem.status()) {
          case 401 -> token ? "M_UNKNOWN_TOKEN" : "M_MISSING_TOKEN";
          case 403 -> "M_FORBIDDEN";
          case 404, 405 -> "M_UNRECOGNIZED";
          case 429 -> "M_LIMIT_EXCEEDED";
          case 400 -> "M_INVALID_PARAM";
          default -> "M_UNKNOWN";
        };
    return new MatrixError(errcode, problem.detail());
  }
}
