import { copied, data, fact, id, type ImageFact, scratch, scratchExec, tcp, valueOnly, withFile } from "../fact";

const ELASTIC = "https://github.com/elastic/elasticsearch/blob/main/distribution/docker/src/docker";
const KIBANA = "https://github.com/elastic/kibana/blob/main/src/dev/build/tasks/os_packages/docker_generator";
const LOGSTASH = "https://github.com/elastic/logstash/blob/main/docker";
const OPENSEARCH = "https://github.com/opensearch-project/opensearch-build/blob/main/docker/release";

/** Search engines and what comes with them. */
export const SEARCH: readonly ImageFact[] = [
    fact({
        repositories: ["elasticsearch", "docker.elastic.co/elasticsearch/elasticsearch"],
        role: "data",
        user: id(1000, 0),
        userName: "elasticsearch",
        entrypoint: ["/bin/tini", "--", "/usr/local/bin/docker-entrypoint.sh"],
        command: ["eswrapper"],
        workingDir: "/usr/share/elasticsearch",
        writable: [
            ...data("/usr/share/elasticsearch/data"), ...copied("/usr/share/elasticsearch/config"),
            ...scratch("/usr/share/elasticsearch/logs"), ...scratchExec("/tmp"),
        ],
        ports: [tcp(9200, "HTTP"), tcp(9300, "transport")],
        secrets: withFile("ELASTIC_PASSWORD", "KEYSTORE_PASSWORD"),
        health: ["CMD-SHELL", "curl -sk -o /dev/null http://127.0.0.1:9200 || curl -sk -o /dev/null https://127.0.0.1:9200"],
        memoryMiB: 2048,
        note: "The keystore and generated certificates are written into config. JNA maps its library from /tmp. "
            + "A file of a secret must have mode 400 or 600. The host needs vm.max_map_count of 262144 outside a single node.",
        sources: [
            `${ELASTIC}/Dockerfile`, `${ELASTIC}/bin/docker-entrypoint.sh`,
            "https://www.elastic.co/guide/en/elasticsearch/reference/8.11/executable-jna-tmpdir.html",
            "https://www.elastic.co/guide/en/elasticsearch/reference/8.11/docker.html",
        ],
    }),
    fact({
        repositories: ["kibana", "docker.elastic.co/kibana/kibana"],
        role: "application",
        user: id(1000),
        entrypoint: ["/bin/tini", "--"],
        command: ["/usr/local/bin/kibana-docker"],
        workingDir: "/usr/share/kibana",
        writable: [...data("/usr/share/kibana/data"), ...scratchExec("/tmp")],
        ports: [tcp(5601, "HTTP")],
        secrets: valueOnly(
            "ELASTICSEARCH_PASSWORD", "ELASTICSEARCH_SERVICEACCOUNTTOKEN", "XPACK_SECURITY_ENCRYPTIONKEY",
            "XPACK_ENCRYPTEDSAVEDOBJECTS_ENCRYPTIONKEY", "XPACK_REPORTING_ENCRYPTIONKEY",
        ),
        memoryMiB: 1024,
        note: "Its files belong to 1000:0. Settings come from variables as arguments: nothing is written into config.",
        sources: [`${KIBANA}/templates/base/Dockerfile`, `${KIBANA}/resources/base/bin/kibana-docker`],
    }),
    fact({
        repositories: ["logstash", "docker.elastic.co/logstash/logstash", "docker.elastic.co/logstash/logstash-oss"],
        role: "application",
        user: id(1000),
        entrypoint: ["/usr/local/bin/docker-entrypoint"],
        workingDir: "/usr/share/logstash",
        writable: [
            ...data("/usr/share/logstash/data"), ...copied("/usr/share/logstash/config"), ...scratch("/usr/share/logstash/logs"), ...scratchExec("/tmp"),
        ],
        ports: [tcp(9600, "monitoring"), tcp(5044, "Beats")],
        secrets: valueOnly("XPACK_MONITORING_ELASTICSEARCH_PASSWORD", "LOGSTASH_KEYSTORE_PASS"),
        memoryMiB: 1536,
        note: "The entrypoint writes settings from variables into config/logstash.yml; JRuby loads native code from /tmp.",
        sources: [`${LOGSTASH}/templates/Dockerfile.erb`, `${LOGSTASH}/data/logstash/bin/docker-entrypoint`],
    }),
    fact({
        repositories: ["opensearchproject/opensearch", "public.ecr.aws/opensearchproject/opensearch"],
        role: "data",
        user: id(1000),
        entrypoint: ["./opensearch-docker-entrypoint.sh"],
        command: ["opensearch"],
        workingDir: "/usr/share/opensearch",
        writable: [
            ...data("/usr/share/opensearch/data"), ...copied("/usr/share/opensearch/config"),
            ...scratch("/usr/share/opensearch/logs"), ...scratchExec("/tmp"),
        ],
        ports: [tcp(9200, "HTTP"), tcp(9300, "transport"), tcp(9600, "performance analyzer")],
        secrets: valueOnly("OPENSEARCH_INITIAL_ADMIN_PASSWORD"),
        memoryMiB: 2048,
        note: "Refuses to run as root. The security plugin's demonstration setup writes certificates and settings into config; JNA maps its library from /tmp.",
        sources: [`${OPENSEARCH}/dockerfiles/opensearch.al2023.dockerfile`, `${OPENSEARCH}/config/opensearch/opensearch-docker-entrypoint-3.x.sh`],
    }),
    fact({
        repositories: ["opensearchproject/opensearch-dashboards", "public.ecr.aws/opensearchproject/opensearch-dashboards"],
        role: "application",
        user: id(1000),
        entrypoint: ["./opensearch-dashboards-docker-entrypoint.sh"],
        command: ["opensearch-dashboards"],
        workingDir: "/usr/share/opensearch-dashboards",
        writable: [...scratch("/usr/share/opensearch-dashboards/data", "/tmp"), ...copied("/usr/share/opensearch-dashboards/config")],
        ports: [tcp(5601, "HTTP")],
        secrets: valueOnly("OPENSEARCH_PASSWORD"),
        memoryMiB: 1024,
        note: "Where DISABLE_SECURITY_DASHBOARDS_PLUGIN is true the start deletes the plugin: /usr/share/opensearch-dashboards/plugins must then be a writable copy.",
        sources: [
            `${OPENSEARCH}/dockerfiles/opensearch-dashboards.al2023.dockerfile`,
            `${OPENSEARCH}/config/opensearch-dashboards/opensearch-dashboards-docker-entrypoint-3.x.sh`,
        ],
    }),
];
