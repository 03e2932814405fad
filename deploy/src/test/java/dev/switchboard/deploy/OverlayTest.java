package dev.switchboard.deploy;

import static dev.switchboard.deploy.Cluster.containers;
import static dev.switchboard.deploy.Cluster.name;
import static dev.switchboard.deploy.Cluster.namespace;
import static dev.switchboard.deploy.Cluster.pod;
import static dev.switchboard.deploy.Cluster.selects;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server does not check: that what is told to each other is there. */
class OverlayTest {

  private static final String DEV = "overlays/dev";
  private static final String PRODUCTION = "overlays/production";
  private static final String SINGLE_NODE = "overlays/single-node";
  private static final Map<String, Cluster> RENDERED = new ConcurrentHashMap<>();
  private static final Cluster SECRETS = Cluster.secrets();

  private static Cluster cluster(String overlay) {
    return RENDERED.computeIfAbsent(overlay, Cluster::of);
  }

  @ParameterizedTest
  @ValueSource(strings = {DEV, PRODUCTION, SINGLE_NODE})
  void everySelectorFindsPodsOfItsNamespace(String overlay) {
    Cluster cluster = cluster(overlay);
    cluster
        .all("Service", "PodDisruptionBudget")
        .forEach(object -> assertThat(workloadsOf(cluster, object)).as(name(object)).isNotEmpty());
    cluster
        .workloads()
        .forEach(workload ->
            assertThat(selects(workload.at("/spec/selector"), pod(workload).at("/metadata/labels")))
                .as(name(workload))
                .isTrue());
    cluster
        .all("NetworkPolicy")
        .filter(policy -> !policy.at("/spec/podSelector").isEmpty())
        .forEach(policy ->
            assertThat(
                    cluster
                        .workloads()
                        .filter(w -> namespace(w).equals(namespace(policy)))
                        .filter(w ->
                            selects(policy.at("/spec/podSelector"), pod(w).at("/metadata/labels"))))
                .as(name(policy))
                .isNotEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {DEV, PRODUCTION, SINGLE_NODE})
  void everyPortOfAServiceAndOfAProbeIsDeclared(String overlay) {
    Cluster cluster = cluster(overlay);
    cluster
        .all("Service")
        .forEach(service ->
            service
                .at("/spec/ports")
                .valueStream()
                .forEach(port ->
                    assertThat(workloadsOf(cluster, service))
                        .as("%s %s", name(service), port)
                        .allMatch(workload ->
                            Cluster.port(
                                    workload,
                                    port.path("targetPort"),
                                    port.path("protocol").asText("TCP"))
                                .isPresent())));
    eachContainer(
        cluster,
        (workload, container) ->
            Stream.of("startupProbe", "livenessProbe", "readinessProbe")
                .forEach(probe -> {
                  JsonNode port = container.path(probe).findPath("port");
                  assertThat(Cluster.port(workload, port, "TCP"))
                      .as("%s: %s", name(workload), probe)
                      .isPresent();
                }));
  }

  @ParameterizedTest
  @ValueSource(strings = {DEV, PRODUCTION, SINGLE_NODE})
  void everyReferenceResolves(String overlay) {
    Cluster cluster = cluster(overlay);
    Set<String> missing = new TreeSet<>();
    for (JsonNode workload : cluster.workloads().toList()) {
      String where = namespace(workload);
      JsonNode spec = pod(workload).path("spec");
      want(cluster, missing, "ServiceAccount", where, spec.path("serviceAccountName").asText());
      spec.findValues("configMapRef")
          .forEach(reference ->
              want(cluster, missing, "ConfigMap", where, reference.path("name").asText()));
      spec.findValues("secretKeyRef")
          .forEach(reference -> {
            want(cluster, missing, "Secret", where, reference.path("name").asText());
            SECRETS
                .find("Secret", where, reference.path("name").asText())
                .ifPresent(secret ->
                    assertThat(secret.path("data").has(reference.path("key").asText()))
                        .as("%s", reference)
                        .isTrue());
          });
      spec.findValues("secretName")
          .forEach(secret -> want(cluster, missing, "Secret", where, secret.asText()));
    }
    cluster
        .all("HorizontalPodAutoscaler")
        .forEach(scaler -> {
          JsonNode target = scaler.at("/spec/scaleTargetRef");
          want(
              cluster,
              missing,
              target.path("kind").asText(),
              namespace(scaler),
              target.path("name").asText());
        });
    cluster
        .all("Ingress")
        .forEach(ingress -> {
          ingress
              .findValues("secretName")
              .forEach(
                  secret -> want(cluster, missing, "Secret", namespace(ingress), secret.asText()));
          ingress
              .findValues("service")
              .forEach(service -> wantPort(cluster, missing, namespace(ingress), service));
        });
    assertThat(missing).isEmpty();
  }

  @Test
  void theGatewayLeadsWhereTheIngressDoes() {
    Cluster gateway = Cluster.of("components/gateway");
    Cluster production = cluster(PRODUCTION);
    Set<String> missing = new TreeSet<>();
    Map<String, String> routes = new HashMap<>();
    gateway
        .all("HTTPRoute")
        .flatMap(route -> route.at("/spec/rules").valueStream())
        .forEach(rule -> {
          JsonNode backend = rule.at("/backendRefs/0");
          want(production, missing, "Service", "switchboard", backend.path("name").asText());
          rule.path("matches")
              .forEach(match ->
                  routes.put(match.at("/path/value").asText(), backend.path("name").asText()));
        });
    Map<String, String> paths = new HashMap<>();
    production
        .all("Ingress")
        .forEach(ingress ->
            ingress
                .at("/spec/rules/0/http/paths")
                .forEach(path ->
                    paths.put(
                        path.path("path").asText(), path.at("/backend/service/name").asText())));
    assertThat(missing).isEmpty();
    assertThat(routes).isNotEmpty().isEqualTo(paths);
  }

  @ParameterizedTest
  @ValueSource(strings = {DEV, PRODUCTION, SINGLE_NODE})
  void everyContainerIsHardened(String overlay) {
    eachContainer(
        cluster(overlay),
        (workload, container) -> {
          String what = name(workload);
          JsonNode context = container.path("securityContext");
          assertThat(context.path("allowPrivilegeEscalation")).as(what).hasToString("false");
          assertThat(context.path("readOnlyRootFilesystem")).as(what).hasToString("true");
          assertThat(context.at("/capabilities/drop")).as(what).hasToString("[\"ALL\"]");
          JsonNode spec = pod(workload).path("spec");
          assertThat(spec.at("/securityContext/runAsNonRoot")).as(what).hasToString("true");
          assertThat(spec.at("/securityContext/seccompProfile/type").asText())
              .as(what)
              .isEqualTo("RuntimeDefault");
          assertThat(spec.path("automountServiceAccountToken")).as(what).hasToString("false");
          assertThat(container.at("/resources/requests").size()).as(what).isEqualTo(2);
          assertThat(container.at("/resources/limits").size()).as(what).isEqualTo(2);
          assertThat(container.path("image").asText())
              .as(what)
              .matches(".+:[^:/]+")
              .doesNotEndWith(":latest");
          if (!what.equals("coturn")) {
            assertThat(spec.path("hostNetwork").asBoolean()).as(what).isFalse();
          }
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {DEV, PRODUCTION, SINGLE_NODE})
  void aPodHasTimeToDrainBeforeItIsKilled(String overlay) {
    cluster(overlay)
        .all("Deployment")
        .forEach(workload -> {
          JsonNode spec = pod(workload).path("spec");
          int pause = spec.at("/containers/0/lifecycle/preStop/sleep/seconds").asInt();
          assertThat(pause).as(name(workload)).isPositive();
          // Five seconds of drain, and as many again to close what is left.
          assertThat(spec.path("terminationGracePeriodSeconds").asInt())
              .as(name(workload))
              .isGreaterThanOrEqualTo(pause + 10);
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {DEV, PRODUCTION, SINGLE_NODE})
  void everyEnvironmentNameIsASetting(String overlay) {
    Cluster cluster = cluster(overlay);
    List<String> names = new ArrayList<>();
    cluster
        .all("ConfigMap")
        .forEach(map -> map.path("data").fieldNames().forEachRemaining(names::add));
    cluster
        .all("Deployment")
        .forEach(workload ->
            containers(workload)
                .forEach(container ->
                    container
                        .path("env")
                        .forEach(variable -> names.add(variable.path("name").asText()))));
    names.remove("switchboard.json");
    assertThat(names).isNotEmpty().allMatch(Settings::isKnown);
  }

  @ParameterizedTest
  @ValueSource(strings = {DEV, PRODUCTION, SINGLE_NODE})
  void servicesListenWhereTheirPropertiesSay(String overlay) {
    for (String service : Repository.SERVICES) {
      JsonNode workload = cluster(overlay).find("Deployment", "switchboard", service).orElseThrow();
      int port =
          Cluster.containers(workload)
              .flatMap(container -> container.path("ports").valueStream())
              .filter(declared -> declared.path("name").asText().equals("http"))
              .findFirst()
              .orElseThrow()
              .path("containerPort")
              .asInt();
      assertThat(port).as(service).isEqualTo(Settings.httpPort(service));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {DEV, PRODUCTION, SINGLE_NODE})
  void noSecretIsCommitted(String overlay) {
    assertThat(cluster(overlay).all("Secret")).isEmpty();
  }

  private static List<JsonNode> workloadsOf(Cluster cluster, JsonNode object) {
    return cluster
        .workloads()
        .filter(workload -> namespace(workload).equals(namespace(object)))
        .filter(
            workload -> selects(object.at("/spec/selector"), pod(workload).at("/metadata/labels")))
        .toList();
  }

  private static void eachContainer(Cluster cluster, BiConsumer<JsonNode, JsonNode> check) {
    cluster
        .workloads()
        .forEach(workload ->
            containers(workload).forEach(container -> check.accept(workload, container)));
  }

  private static void want(
      Cluster cluster, Set<String> missing, String kind, String namespace, String name) {
    Cluster where = kind.equals("Secret") ? SECRETS : cluster;
    if (where.find(kind, namespace, name).isEmpty()) {
      missing.add("%s %s/%s".formatted(kind, namespace, name));
    }
  }

  private static void wantPort(
      Cluster cluster, Set<String> missing, String namespace, JsonNode backend) {
    boolean there =
        cluster.find("Service", namespace, backend.path("name").asText()).stream()
            .flatMap(service -> service.at("/spec/ports").valueStream())
            .anyMatch(port -> port.path("name").equals(backend.at("/port/name")));
    if (!there) {
      missing.add("port " + backend);
    }
  }
}
