package dev.switchboard.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What an overlay makes, and what make-secrets adds. */
record Cluster(List<JsonNode> objects) {

  static Cluster of(String kustomization) {
    String folder = Repository.path("deploy/kubernetes").resolve(kustomization).toString();
    List<String> command =
        Repository.has("kubectl")
            ? List.of("kubectl", "kustomize", folder)
            : List.of("kustomize", "build", folder);
    if (!Repository.has(command.getFirst())) {
      throw new AssertionError("kubectl or kustomize is missing: ./switchboard test installs it");
    }
    return new Cluster(Repository.documents(Repository.run(command)));
  }

  /** Those that make-secrets makes for a cluster with a key of its own. */
  static Cluster secrets() {
    return new Cluster(
        Repository.documents(
            Repository.run(List.of("deploy/kubernetes/make-secrets", "README.md"))));
  }

  Stream<JsonNode> all(String... kinds) {
    return objects.stream().filter(object -> List.of(kinds).contains(kind(object)));
  }

  Optional<JsonNode> find(String kind, String namespace, String name) {
    return all(kind)
        .filter(object -> name(object).equals(name) && namespace(object).equals(namespace))
        .findFirst();
  }

  /** Deployments, StatefulSets and DaemonSets. */
  Stream<JsonNode> workloads() {
    return all("Deployment", "StatefulSet", "DaemonSet");
  }

  static String kind(JsonNode object) {
    return object.path("kind").asText();
  }

  static String name(JsonNode object) {
    return object.at("/metadata/name").asText();
  }

  static String namespace(JsonNode object) {
    return object.at("/metadata/namespace").asText();
  }

  static JsonNode pod(JsonNode workload) {
    return workload.at("/spec/template");
  }

  static Stream<JsonNode> containers(JsonNode workload) {
    return pod(workload).at("/spec/containers").valueStream();
  }

  /** Whether labels have all that a selector wants. */
  static boolean selects(JsonNode selector, JsonNode labels) {
    JsonNode wanted = selector.has("matchLabels") ? selector.path("matchLabels") : selector;
    return wanted
            .propertyStream()
            .filter(label -> label.getValue().isTextual())
            .allMatch(label -> labels.path(label.getKey()).equals(label.getValue()))
        && selector
            .path("matchExpressions")
            .valueStream()
            .allMatch(expression ->
                expression
                    .path("values")
                    .valueStream()
                    .anyMatch(labels.path(expression.path("key").asText())::equals));
  }

  /** The number of a port that is named or numbered; empty if a container has none of that name. */
  static Optional<Integer> port(JsonNode workload, JsonNode port, String protocol) {
    return containers(workload)
        .flatMap(container -> container.path("ports").valueStream())
        .filter(declared -> declared.path("protocol").asText("TCP").equals(protocol))
        .filter(declared ->
            port.isTextual()
                ? declared.path("name").equals(port)
                : declared.path("containerPort").equals(port))
        .map(declared -> declared.path("containerPort").asInt())
        .findFirst();
  }
}
