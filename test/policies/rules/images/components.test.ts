import { clusterDashboard, consoleExposed, tillerDeployed, tillerReachable, vulnerableComponent, vulnerableNodeRuntime } from "../../../../policies/rules/images/components";
import { UNKNOWN, deployment, docker, manifest, ruleTest, service, together } from "../../../support/rule-test";

// Rules of this file: "vulnerable-component", "vulnerable-node-runtime", "tiller-deployed", "tiller-reachable", "cluster-dashboard", "console-exposed".
const pod = (image: string, labels: object = {}) => deployment("it", { containers: [{ name: "main", image }] }, { labels });
const MAIN = 'container "main" of Deployment "it"';
const ingress = (version: string) => pod(`registry.k8s.io/ingress-nginx/controller:${version}`);
const INGRESS = (version: string) => `${MAIN} has a published flaw, CVE-2025-1974 (registry.k8s.io/ingress-nginx/controller:${version}, fixed in 1.11.5, 1.12.1)`;
const argo = "fixed in 2.13.9, 2.14.16, 3.0.14, 3.1.2";

ruleTest(vulnerableComponent, {
    passes: {
        "the fix of its line": ingress("v1.13.8"),
        "a later line": ingress("v1.16.0"),
        "a version that nobody named": ingress("latest"),
        "half a version": ingress("v1.12"),
        "another image of that name": pod("example.com/controller:1.0.0"),
        "a mirror of the fix": pod(`mirror.example/ingress-nginx/controller:1.14.4@sha256:${"a".repeat(64)}`),
        "what came before the flaw": pod("ghcr.io/kyverno/kyverno:v1.8.2"),
    },
    violates: {
        "the version before the fix": [ingress("v1.11.4"), INGRESS("v1.11.4")],
        "of the other line": [ingress("v1.12.0"), INGRESS("v1.12.0")],
        "a line that never got a fix": [ingress("v1.10.9"), INGRESS("v1.10.9")],
        "what fixed the one flaw, but not the next": [
            ingress("v1.12.1"), `${MAIN} has a published flaw, CVE-2026-3288 (registry.k8s.io/ingress-nginx/controller:v1.12.1, fixed in 1.13.8, 1.14.4, 1.15.0)`,
        ],
        "a mirror, with a suffix": [
            docker("i", { image: "mirror.example:5000/k8s/ingress-nginx/controller:1.9.4-patched" }),
            'container "i" has a published flaw, CVE-2025-1974 (mirror.example:5000/k8s/ingress-nginx/controller:1.9.4-patched, fixed in 1.11.5, 1.12.1)',
        ],
        "the first of several flaws": [pod("quay.io/argoproj/argocd:v2.14.1"), `${MAIN} has a published flaw, CVE-2025-55190 (quay.io/argoproj/argocd:v2.14.1, ${argo})`],
        "an older flaw": [pod("quay.io/argoproj/argocd:v2.3.3"), `${MAIN} has a published flaw, CVE-2022-29165 (quay.io/argoproj/argocd:v2.3.3, fixed in 2.1.15, 2.2.9, 2.3.4)`],
    },
    unknown: { "the image": [docker("i", { image: UNKNOWN })] },
});

const node = (runtime: string) => manifest(`{apiVersion: v1, kind: Node, metadata: {name: n}, status: {nodeInfo: {containerRuntimeVersion: "${runtime}"}}}`);

ruleTest(vulnerableNodeRuntime, {
    passes: { "the fix": node("containerd://1.6.1"), "another runtime": node("cri-o://1.0.0"), "a node that says nothing": manifest("{apiVersion: v1, kind: Node, metadata: {name: n}}") },
    violates: {
        "before the fix": [node("containerd://1.5.9"), 'Node "n" has a container runtime with a published flaw, CVE-2022-23648 (containerd://1.5.9)'],
        "with a suffix": [node("containerd://1.6.0-rc.1"), 'Node "n" has a container runtime with a published flaw, CVE-2022-23648 (containerd://1.6.0-rc.1)'],
    },
    unknown: { "the runtime": [node(UNKNOWN)] },
});

ruleTest(tillerDeployed, {
    passes: { "another image": pod("api:1"), "a name that is alike": pod("example.com/tillerman:1"), "half of its labels": pod("api:1", { app: "helm" }) },
    violates: {
        "its image": [pod("gcr.io/kubernetes-helm/tiller:v2.16.0"), `${MAIN} is Helm's old server, which obeys everybody in the cluster (gcr.io/kubernetes-helm/tiller:v2.16.0)`],
        "its labels": [pod("mirror.example/t:1", { app: "helm", name: "tiller" }), `${MAIN} is Helm's old server, which obeys everybody in the cluster (mirror.example/t:1)`],
    },
    unknown: { "the image": [pod(UNKNOWN)] },
});

ruleTest(tillerDeployed, {
    passes: {},
    violates: { "its labels, whatever its image will be": [pod(UNKNOWN, { app: "helm", name: "tiller" }), `${MAIN} is Helm's old server, which obeys everybody in the cluster (image not known yet)`] },
});

const kubeService = (name: string, spec: object) => manifest(JSON.stringify({ apiVersion: "v1", kind: "Service", metadata: { name }, spec }));

ruleTest(tillerReachable, {
    passes: { "another": kubeService("api", { selector: { app: "api" } }), "one without a selector": kubeService("api", {}) },
    violates: {
        "its own name": [kubeService("tiller-deploy", {}), 'Service "tiller-deploy" leads to Helm\'s old server, Tiller'],
        "its labels": [kubeService("x", { selector: { app: "helm", name: "tiller" } }), 'Service "x" leads to Helm\'s old server, Tiller'],
    },
    unknown: { "the selector": [kubeService("x", { selector: UNKNOWN })], "its name": [kubeService(UNKNOWN, { selector: { app: "api" } })] },
});

ruleTest(clusterDashboard, {
    passes: { "another": pod("grafana/grafana:11.0.0"), "a label of another": pod("api:1", { app: "dashboard" }) },
    violates: {
        "its image": [pod("docker.io/kubernetesui/dashboard:v2.7.0"), `${MAIN} is the cluster's dashboard (docker.io/kubernetesui/dashboard:v2.7.0)`],
        "its older image": [pod("k8s.gcr.io/kubernetes-dashboard-amd64:v1.10.0"), `${MAIN} is the cluster's dashboard (k8s.gcr.io/kubernetes-dashboard-amd64:v1.10.0)`],
        "its label": [pod("mirror.example/d:1", { "k8s-app": "kubernetes-dashboard" }), `${MAIN} is the cluster's dashboard (mirror.example/d:1)`],
    },
    unknown: { "the image": [pod(UNKNOWN)] },
});

const console = deployment("it", { containers: [{ name: "main", image: "adminer:4", ports: [{ containerPort: 8080 }] }] }, { labels: { app: "it" } });

ruleTest(consoleExposed, {
    passes: {
        "a console that nobody reaches": service({ image: "adminer:4" }),
        "one on the host's own address": service({ image: "adminer:4", ports: ["127.0.0.1:8080:8080"] }),
        "something else that is published": service({ image: "nginx:1", ports: ["80:80"] }),
        "a Service of the cluster alone": together(console, kubeService("it", { selector: { app: "it" }, ports: [{ port: 8080 }] })),
    },
    violates: {
        "a published port": [
            service({ image: "portainer/portainer-ce:2.20", ports: ["9443:9443"], networks: { outside: null } }),
            'service "api" is a management console (portainer/portainer-ce) that is reachable from outside: internet → port 0.0.0.0:9443 of the host → api',
        ],
        "a Service of the nodes": [
            together(console, kubeService("it", { type: "NodePort", selector: { app: "it" }, ports: [{ port: 8080 }] })),
            'pod of Deployment "it" is a management console (adminer) that is reachable from outside: internet → port of every node → Service "it" port 8080 → it',
        ],
    },
    unknown: { "the image": [docker("i", { image: UNKNOWN, ports: [{ external: 80, internal: 80 }] })] },
});
