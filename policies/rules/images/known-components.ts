/** A published flaw of a component, and the versions that have it. */
export interface Flaw {
    readonly flaw: string;
    /** Last parts of its image's path. */
    readonly images: readonly string[];
    /** The first version that has it. */
    readonly since: readonly number[];
    /** The first version of each line that has it no longer, oldest line first. */
    readonly fixed: readonly (readonly number[])[];
}

const INGRESS_NGINX = ["ingress-nginx/controller", "ingress-nginx/controller-chroot", "kubernetes-ingress-controller/nginx-ingress-controller"];
const GRAFANA = ["grafana/grafana", "grafana/grafana-oss", "grafana/grafana-enterprise"];

/** The graver first. Sources: the projects' own advisories, and https://nvd.nist.gov by number. */
export const FLAWS: readonly Flaw[] = [
    { flaw: "CVE-2025-1974", images: INGRESS_NGINX, since: [0, 0, 0], fixed: [[1, 11, 5], [1, 12, 1]] },
    { flaw: "CVE-2026-3288", images: INGRESS_NGINX, since: [0, 0, 0], fixed: [[1, 13, 8], [1, 14, 4], [1, 15, 0]] },
    { flaw: "CVE-2026-28229", images: ["argoproj/argocli"], since: [0, 0, 0], fixed: [[3, 7, 11], [4, 0, 2]] },
    { flaw: "CVE-2025-55190", images: ["argoproj/argocd"], since: [2, 13, 0], fixed: [[2, 13, 9], [2, 14, 16], [3, 0, 14], [3, 1, 2]] },
    { flaw: "CVE-2022-29165", images: ["argoproj/argocd"], since: [1, 4, 0], fixed: [[2, 1, 15], [2, 2, 9], [2, 3, 4]] },
    { flaw: "CVE-2022-24348", images: ["argoproj/argocd"], since: [0, 0, 0], fixed: [[2, 1, 9], [2, 2, 4], [2, 3, 0]] },
    { flaw: "CVE-2021-39226", images: GRAFANA, since: [2, 0, 1], fixed: [[7, 5, 11], [8, 1, 6]] },
    { flaw: "CVE-2022-39328", images: GRAFANA, since: [9, 2, 0], fixed: [[9, 2, 4]] },
    { flaw: "CVE-2021-43798", images: GRAFANA, since: [8, 0, 0], fixed: [[8, 0, 7], [8, 1, 8], [8, 2, 7], [8, 3, 1]] },
    { flaw: "CVE-2022-47633", images: ["kyverno/kyverno"], since: [1, 8, 3], fixed: [[1, 8, 5]] },
    { flaw: "CVE-2022-3172", images: ["kube-apiserver", "kube-apiserver-amd64", "kube-apiserver-arm64"], since: [0, 0, 0], fixed: [[1, 22, 14], [1, 23, 11], [1, 24, 5], [1, 25, 1]] },
];

/** Consoles, and servers that run what they are sent, by the last parts of their images' paths. */
export const CONSOLES: readonly string[] = [
    "kubernetesui/dashboard", "kubernetesui/dashboard-web", "kubernetes-dashboard-amd64", "argoproj/argocli", "weaveworks/scope", "kubeflow/centraldashboard", "centraldashboard",
    "apache/nifi", "jenkins/jenkins", "portainer/portainer", "portainer/portainer-ce", "portainer/portainer-ee", "prom/prometheus", "prometheus/prometheus", "prom/alertmanager",
    "phpmyadmin", "dpage/pgadmin4", "adminer", "mongo-express", "rediscommander/redis-commander", "redis/redisinsight", "provectuslabs/kafka-ui",
    "amir20/dozzle", "google/cadvisor", "cadvisor/cadvisor", "hashicorp/consul", "rayproject/ray", "ollama/ollama", "vllm/vllm-openai", "nvidia/tritonserver", "mlflow/mlflow",
    "jupyterhub/jupyterhub", "jupyter/base-notebook", "jupyter/minimal-notebook", "jupyter/scipy-notebook", "jaegertracing/all-in-one", "openzipkin/zipkin",
];
