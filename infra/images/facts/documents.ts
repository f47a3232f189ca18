import { copied, data, foreignData, type ImageFact, scratch, tcp, valueOnly, withFile } from "../fact";

const NEO4J = "https://github.com/neo4j/docker-neo4j/blob/master/docker-image-src";
const CLICKHOUSE = "https://github.com/ClickHouse/docker-library/blob/main/server/26.7.3.19";

/** Document, graph and column stores. */
export const DOCUMENTS: readonly ImageFact[] = [
    {
        repositories: ["mongo"],
        role: "data",
        user: { uid: 999, gid: 999 },
        userName: "mongodb",
        entrypoint: ["docker-entrypoint.sh"],
        command: ["mongod"],
        writable: [...data("/data/db", "/data/configdb"), ...scratch("/tmp")],
        capabilities: [],
        ports: [tcp(27017, "MongoDB")],
        secrets: withFile("MONGO_INITDB_ROOT_PASSWORD"),
        memoryMiB: 1024,
        note: "The socket and the first start's configuration are in /tmp. The health check depends on the version: mongosh since 6, mongo before.",
        sources: [
            "https://github.com/docker-library/mongo/blob/master/8.0/Dockerfile",
            "https://github.com/docker-library/mongo/blob/master/docker-entrypoint.sh",
        ],
    },
    {
        repositories: ["neo4j"],
        role: "data",
        user: { uid: 7474, gid: 7474 },
        userName: "neo4j",
        entrypoint: ["tini", "-g", "--", "/startup/docker-entrypoint.sh"],
        command: ["neo4j"],
        workingDir: "/var/lib/neo4j",
        writable: [...data("/data", "/logs"), ...copied("/var/lib/neo4j/conf", "/var/lib/neo4j/plugins"), ...scratch("/var/lib/neo4j/run", "/tmp")],
        capabilities: [],
        ports: [tcp(7474, "HTTP"), tcp(7687, "Bolt"), tcp(7473, "HTTPS")],
        secrets: withFile("NEO4J_AUTH"),
        memoryMiB: 2048,
        note: "The entrypoint writes settings from the environment into conf/neo4j.conf. Certificates mounted at /ssl want the home itself writable. Any NEO4J_… variable may be given as NEO4J_…_FILE.",
        sources: [`${NEO4J}/calver/coredb/Dockerfile-trixie`, `${NEO4J}/5/coredb/Dockerfile-ubi9`, `${NEO4J}/5/coredb/docker-entrypoint.sh`],
    },
    {
        repositories: ["clickhouse/clickhouse-server", "clickhouse"],
        role: "data",
        user: { uid: 101, gid: 101 },
        userName: "clickhouse",
        entrypoint: ["/entrypoint.sh"],
        command: [],
        writable: [
            ...data("/var/lib/clickhouse"), ...scratch("/var/log/clickhouse-server", "/tmp"), ...copied("/etc/clickhouse-server/users.d"),
        ],
        capabilities: [],
        ports: [tcp(8123, "HTTP"), tcp(9000, "native protocol"), tcp(9009, "replication")],
        secrets: withFile("CLICKHOUSE_PASSWORD"),
        health: ["CMD-SHELL", "wget -q --spider http://127.0.0.1:8123/ping"],
        memoryMiB: 2048,
        note: "The entrypoint writes the declared user into users.d and leaves out chown when not root. IPC_LOCK, SYS_NICE and NET_ADMIN are optional for it.",
        sources: [`${CLICKHOUSE}/Dockerfile.ubuntu`, `${CLICKHOUSE}/Dockerfile.alpine`, `${CLICKHOUSE}/entrypoint.sh`],
    },
    {
        repositories: ["qdrant/qdrant"],
        role: "data",
        user: { uid: 1000, gid: 1000 },
        entrypoint: [],
        command: ["./entrypoint.sh"],
        workingDir: "/qdrant",
        writable: [...foreignData("/qdrant/storage", "/qdrant/snapshots"), ...scratch("/tmp")],
        environment: { QDRANT_INIT_FILE_PATH: "/tmp/.qdrant-initialized" },
        capabilities: [],
        ports: [tcp(6333, "HTTP"), tcp(6334, "gRPC")],
        secrets: valueOnly("QDRANT__SERVICE__API_KEY", "QDRANT__SERVICE__READ_ONLY_API_KEY"),
        memoryMiB: 512,
        note: "The plain tags are built with USER 0:0, the -unprivileged ones with 1000; either runs as 1000 where it owns its two directories.",
        sources: [
            "https://github.com/qdrant/qdrant/blob/master/Dockerfile",
            "https://github.com/qdrant/qdrant/blob/master/tools/entrypoint.sh",
        ],
    },
];
