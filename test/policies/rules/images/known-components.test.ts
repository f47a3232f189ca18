import { consoleExposed, vulnerableComponent, vulnerableNodeRuntime } from "../../../../policies/rules/images/components";
import { latestTag } from "../../../../policies/rules/images/latest-tag";
import { docker, manifest, ruleTest, service } from "../../../support/rule-test";
import type { Subject } from "../../../support/rule-test";

// One case for every entry of the tables: versions to both sides of each flaw's ends, and every console by its name.
interface Known {
    readonly flaw: string;
    readonly images: readonly string[];
    readonly fixed: string;
    /** The last version before each fix, and a version before the flaw or on an unmended line. */
    readonly open: readonly string[];
    readonly closed: readonly string[];
}

const NGINX = ["registry.k8s.io/ingress-nginx/controller", "registry.k8s.io/ingress-nginx/controller-chroot", "quay.io/kubernetes-ingress-controller/nginx-ingress-controller"];
const GRAFANA = ["grafana/grafana", "grafana/grafana-oss", "grafana/grafana-enterprise"];
const API_SERVER = ["registry.k8s.io/kube-apiserver", "k8s.gcr.io/kube-apiserver-amd64", "k8s.gcr.io/kube-apiserver-arm64"];

const KNOWN: readonly Known[] = [
    { flaw: "CVE-2025-1974", images: NGINX, fixed: "1.11.5, 1.12.1", open: ["0.0.0", "0.0.1", "1.11.4", "1.12.0", "1.10.6", "0.49.3"], closed: ["1.13.8", "1.14.4", "1.15.0", "1.16.1", "2.0.0"] },
    { flaw: "CVE-2026-3288", images: NGINX, fixed: "1.13.8, 1.14.4, 1.15.0", open: ["1.11.5", "1.12.1", "1.13.7", "1.14.3"], closed: [] },
    { flaw: "CVE-2026-28229", images: ["quay.io/argoproj/argocli"], fixed: "3.7.11, 4.0.2", open: ["0.0.0", "0.0.1", "3.7.10", "4.0.1", "4.0.0", "3.6.20"], closed: ["3.7.11", "4.0.2", "4.1.0"] },
    { flaw: "CVE-2025-55190", images: ["quay.io/argoproj/argocd"], fixed: "2.13.9, 2.14.16, 3.0.14, 3.1.2", open: ["2.13.0", "2.13.8", "2.14.15", "3.0.13", "3.1.1"], closed: ["2.12.9", "2.13.9", "2.14.16", "3.0.14", "3.1.2", "3.2.0"] },
    { flaw: "CVE-2022-29165", images: ["quay.io/argoproj/argocd"], fixed: "2.1.15, 2.2.9, 2.3.4", open: ["1.4.0", "1.8.7", "2.1.14", "2.2.8", "2.3.3"], closed: ["2.1.15", "2.2.9", "2.3.4", "2.4.0"] },
    { flaw: "CVE-2022-24348", images: ["quay.io/argoproj/argocd"], fixed: "2.1.9, 2.2.4, 2.3.0", open: ["0.0.0", "0.0.1", "1.3.9"], closed: [] },
    { flaw: "CVE-2021-39226", images: GRAFANA, fixed: "7.5.11, 8.1.6", open: ["2.0.1", "7.5.10", "8.1.5", "8.0.9", "6.7.6"], closed: ["2.0.0", "7.5.11"] },
    { flaw: "CVE-2022-39328", images: GRAFANA, fixed: "9.2.4", open: ["9.2.0", "9.2.3"], closed: ["9.1.9", "9.2.4", "10.0.0"] },
    { flaw: "CVE-2021-43798", images: GRAFANA, fixed: "8.0.7, 8.1.8, 8.2.7, 8.3.1", open: ["8.1.6", "8.1.7", "8.2.0", "8.2.6", "8.3.0"], closed: ["8.1.8", "8.2.7", "8.3.1", "8.4.0"] },
    { flaw: "CVE-2022-47633", images: ["ghcr.io/kyverno/kyverno"], fixed: "1.8.5", open: ["1.8.3", "1.8.4"], closed: ["1.8.2", "1.8.5", "1.9.0"] },
    { flaw: "CVE-2022-3172", images: API_SERVER, fixed: "1.22.14, 1.23.11, 1.24.5, 1.25.1", open: ["0.0.0", "0.0.1", "1.22.13", "1.23.10", "1.24.4", "1.25.0", "1.21.14"], closed: ["1.22.14", "1.23.11", "1.24.5", "1.25.1", "1.26.0"] },
];

const run = (image: string): Subject => docker("c", { image });

for (const { flaw, images, fixed, open, closed } of KNOWN) {
    const cases = (versions: readonly string[]) => images.flatMap(image => versions.map(version => `${image}:v${version}`));
    ruleTest(vulnerableComponent, {
        passes: Object.fromEntries(cases(closed).map(image => [image, run(image)])),
        violates: Object.fromEntries(cases(open).map(image => [image, [run(image), `container "c" has a published flaw, ${flaw} (${image}, fixed in ${fixed})`]])),
    });
}

const node = (version: string): Subject => manifest(`{apiVersion: v1, kind: Node, metadata: {name: n}, status: {nodeInfo: {containerRuntimeVersion: "containerd://${version}"}}}`);

ruleTest(vulnerableNodeRuntime, {
    passes: Object.fromEntries(["1.4.13", "1.5.10", "1.6.1", "1.7.0", "2.0.0"].map(version => [version, node(version)])),
    violates: Object.fromEntries(["0.0.0", "0.0.1", "1.3.9", "1.4.12", "1.5.9", "1.6.0"]
        .map(version => [version, [node(version), `Node "n" has a container runtime with a published flaw, CVE-2022-23648 (containerd://${version})`]])),
});

const CONSOLES = [
    "kubernetesui/dashboard", "kubernetesui/dashboard-web", "kubernetes-dashboard-amd64", "argoproj/argocli", "weaveworks/scope", "kubeflow/centraldashboard", "centraldashboard", "apache/nifi", "jenkins/jenkins",
    "portainer/portainer", "portainer/portainer-ce", "portainer/portainer-ee", "prom/prometheus", "prometheus/prometheus", "prom/alertmanager", "phpmyadmin", "phpmyadmin/phpmyadmin", "dpage/pgadmin4", "adminer",
    "mongo-express", "rediscommander/redis-commander", "redis/redisinsight", "provectuslabs/kafka-ui", "amir20/dozzle", "google/cadvisor", "cadvisor/cadvisor", "hashicorp/consul", "rayproject/ray", "ollama/ollama",
    "vllm/vllm-openai", "nvidia/tritonserver", "mlflow/mlflow", "jupyterhub/jupyterhub", "jupyter/base-notebook", "jupyter/minimal-notebook", "jupyter/scipy-notebook", "jaegertracing/all-in-one", "openzipkin/zipkin",
];
const published = (image: string): Subject => service({ image, ports: ["8080:8080"], networks: { outside: null } });

ruleTest(consoleExposed, {
    passes: { "what only sounds like one": published("example.com/my-adminer:1"), "a part of its path alone": published("prom/node-exporter:1") },
    violates: Object.fromEntries(CONSOLES.map(name => [name, [
        published(`mirror.example/${name}:1`),
        `service "api" is a management console (${name === "phpmyadmin/phpmyadmin" ? "phpmyadmin" : name}) that is reachable from outside: internet → port 0.0.0.0:8080 of the host → api`,
    ]])),
});

const MOVING = ["latest", "stable", "edge", "nightly", "canary", "rolling", "lts", "main", "master", "develop", "dev", "test", "testing", "beta"];

ruleTest(latestTag, {
    passes: Object.fromEntries(["1", "1.2.3", "bookworm", "v2-latest"].map(tag => [tag, run(`a:${tag}`)])),
    violates: Object.fromEntries(MOVING.map(tag => [tag, [run(`a:${tag}`), `container "c" is whatever version was pushed last (a:${tag})`]])),
});
