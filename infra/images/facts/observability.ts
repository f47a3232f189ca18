import { data, fact, foreignData, id, type ImageFact, scratch, tcp, udp } from "../fact";

const PROMETHEUS = "https://github.com/prometheus";
const COLLECTOR = "https://github.com/open-telemetry/opentelemetry-collector-releases/blob/main/distributions";
const JAEGER = "https://github.com/jaegertracing/jaeger/blob";
const OTLP = [tcp(4317, "OTLP gRPC"), tcp(4318, "OTLP HTTP")];

/** Grafana reads the file of any of its variables from `<variable>__FILE`, with two underscores. */
function grafanaSecrets(...variables: string[]): ImageFact["secrets"] {
    return variables.map(variable => ({ variable, fileVariable: `${variable}__FILE` }));
}

function collector(name: string, repositories: readonly string[]): ImageFact {
    return fact({
        repositories,
        role: "application",
        user: id(10001),
        entrypoint: [`/${name}`],
        command: ["--config", `/etc/${name}/config.yaml`],
        ports: [...OTLP, tcp(55679, "zpages")],
        note: "Built from scratch: no shell. Writes nothing unless its configuration says so.",
        sources: [`${COLLECTOR}/${name}/Dockerfile`],
    });
}

/** Metrics, logs, traces and what shows them. */
export const OBSERVABILITY: readonly ImageFact[] = [
    fact({
        repositories: ["grafana/grafana", "grafana/grafana-oss", "grafana/grafana-enterprise"],
        role: "application",
        user: id(472, 0),
        userName: "grafana",
        entrypoint: ["/run.sh"],
        workingDir: "/usr/share/grafana",
        writable: [...data("/var/lib/grafana"), ...scratch("/var/log/grafana", "/tmp")],
        ports: [tcp(3000, "HTTP")],
        secrets: grafanaSecrets("GF_SECURITY_ADMIN_PASSWORD", "GF_SECURITY_SECRET_KEY", "GF_DATABASE_PASSWORD", "GF_SMTP_PASSWORD", "GF_AUTH_GENERIC_OAUTH_CLIENT_SECRET"),
        health: ["CMD-SHELL", "wget -q --spider http://127.0.0.1:3000/api/health || curl -fs -o /dev/null http://127.0.0.1:3000/api/health"],
        note: "472:0 since 7.3. Plugins are installed and run below /var/lib/grafana/plugins.",
        sources: [
            "https://github.com/grafana/grafana/blob/main/Dockerfile", "https://github.com/grafana/grafana/blob/main/packaging/docker/run.sh",
            "https://grafana.com/docs/grafana/latest/setup-grafana/configure-docker/",
        ],
    }),
    fact({
        repositories: ["prom/prometheus", "quay.io/prometheus/prometheus"],
        role: "data",
        user: id(65534),
        entrypoint: ["/bin/prometheus"],
        command: ["--config.file=/etc/prometheus/prometheus.yml", "--storage.tsdb.path=/prometheus"],
        workingDir: "/prometheus",
        writable: data("/prometheus"),
        ports: [tcp(9090, "HTTP")],
        health: ["CMD", "wget", "-q", "--spider", "http://127.0.0.1:9090/-/healthy"],
        sources: [`${PROMETHEUS}/prometheus/blob/main/Dockerfile`],
    }),
    fact({
        repositories: ["prom/alertmanager", "quay.io/prometheus/alertmanager"],
        role: "application",
        user: id(65534),
        entrypoint: ["/bin/alertmanager"],
        command: ["--config.file=/etc/alertmanager/alertmanager.yml", "--storage.path=/alertmanager"],
        workingDir: "/alertmanager",
        writable: data("/alertmanager"),
        ports: [tcp(9093, "HTTP"), tcp(9094, "clustering")],
        health: ["CMD", "wget", "-q", "--spider", "http://127.0.0.1:9093/-/healthy"],
        sources: [`${PROMETHEUS}/alertmanager/blob/main/Dockerfile`],
    }),
    fact({
        repositories: ["prom/pushgateway", "quay.io/prometheus/pushgateway"],
        role: "application",
        user: id(65534),
        entrypoint: ["/bin/pushgateway"],
        workingDir: "/pushgateway",
        writable: data("/pushgateway"),
        ports: [tcp(9091, "HTTP")],
        health: ["CMD", "wget", "-q", "--spider", "http://127.0.0.1:9091/-/healthy"],
        sources: [`${PROMETHEUS}/pushgateway/blob/master/Dockerfile`],
    }),
    fact({
        repositories: ["prom/node-exporter", "quay.io/prometheus/node-exporter"],
        role: "application",
        user: id(65534),
        entrypoint: ["/bin/node_exporter"],
        ports: [tcp(9100, "HTTP")],
        note: "Shows the host only where the host's /proc, /sys and / are mounted, which is refused unless declared.",
        sources: [`${PROMETHEUS}/node_exporter/blob/master/Dockerfile`],
    }),
    fact({
        repositories: ["gcr.io/cadvisor/cadvisor", "ghcr.io/google/cadvisor"],
        role: "application",
        user: id(0),
        rootReason: "it reads the host's cgroups, disks and container engine, which only root may",
        entrypoint: ["/usr/bin/entrypoint.sh"],
        writable: scratch("/tmp"),
        ports: [tcp(8080, "HTTP")],
        health: ["CMD", "/usr/bin/healthcheck.sh"],
        note: "Useful only with the host's /, /sys, /var/run and /var/lib/docker mounted: each of them has to be declared. Its older releases (v0.52) start /usr/bin/cadvisor -logtostderr without a script.",
        sources: ["https://github.com/google/cadvisor/blob/master/deploy/Dockerfile"],
    }),
    fact({
        repositories: ["grafana/loki"],
        role: "data",
        user: id(10001),
        entrypoint: ["/usr/bin/loki"],
        command: ["-config.file=/etc/loki/local-config.yaml"],
        writable: [...data("/loki"), ...scratch("/tmp")],
        ports: [tcp(3100, "HTTP"), tcp(9095, "gRPC")],
        note: "Its newer releases are distroless: no shell. The image's own configuration keeps everything in /loki or below /tmp, by release.",
        sources: ["https://github.com/grafana/loki/blob/main/cmd/loki/Dockerfile"],
    }),
    fact({
        repositories: ["grafana/promtail"],
        role: "application",
        user: id(0),
        rootReason: "it reads other programs' logs, which belong to root; declare a user where those it reads are readable to it",
        entrypoint: ["/usr/bin/promtail"],
        command: ["-config.file=/etc/promtail/config.yml"],
        writable: scratch("/run/promtail", "/tmp"),
        ports: [tcp(9080, "HTTP")],
        sources: ["https://github.com/grafana/loki/blob/v3.0.0/clients/cmd/promtail/Dockerfile"],
    }),
    collector("otelcol", ["otel/opentelemetry-collector", "ghcr.io/open-telemetry/opentelemetry-collector-releases/opentelemetry-collector"]),
    collector("otelcol-contrib", ["otel/opentelemetry-collector-contrib", "ghcr.io/open-telemetry/opentelemetry-collector-releases/opentelemetry-collector-contrib"]),
    fact({
        repositories: ["jaegertracing/jaeger", "cr.jaegertracing.io/jaegertracing/jaeger"],
        role: "application",
        user: id(10001),
        entrypoint: ["/cmd/jaeger/jaeger-linux"],
        writable: scratch("/tmp"),
        ports: [tcp(16686, "HTTP"), ...OTLP, tcp(5778, "sampling"), tcp(9411, "Zipkin"), tcp(14250, "collector gRPC"), tcp(14268, "collector HTTP"), tcp(13133, "health")],
        note: "Keeps traces in memory unless its configuration names a store.",
        sources: [`${JAEGER}/main/cmd/jaeger/Dockerfile`],
    }),
    fact({
        repositories: ["jaegertracing/all-in-one"],
        role: "application",
        user: id(10001),
        entrypoint: ["/go/bin/all-in-one-linux"],
        writable: scratch("/tmp"),
        ports: [tcp(16686, "HTTP"), ...OTLP, tcp(14250, "collector gRPC"), tcp(14268, "collector HTTP"), udp(6831, "agent"), udp(6832, "agent"), tcp(5778, "sampling")],
        note: "Keeps traces in memory by default. Older releases are given --sampling.strategies-file=/etc/jaeger/sampling_strategies.json as their command.",
        sources: [`${JAEGER}/v1.60.0/cmd/all-in-one/Dockerfile`],
    }),
    fact({
        repositories: ["mcr.microsoft.com/azure-storage/azurite"],
        role: "data",
        user: id(1000),
        command: ["azurite", "-l", "/data", "--blobHost", "0.0.0.0", "--queueHost", "0.0.0.0", "--tableHost", "0.0.0.0"],
        workingDir: "/opt/azurite",
        writable: [...foreignData("/data"), ...scratch("/tmp")],
        ports: [tcp(10000, "blobs"), tcp(10001, "queues"), tcp(10002, "tables")],
        note: "An emulator with a published account key. Any user that owns /data. Older releases are built on Node and start by its docker-entrypoint.sh.",
        sources: ["https://github.com/Azure/Azurite/blob/main/Dockerfile"],
    }),
];
