import type { Role } from "../model/hardened";
import type { ImageFact } from "./fact";
import { canonicalName } from "./lookup";

/** What a role is inferred from. Only `name` must be known. */
export interface RoleHints {
    readonly name: string;
    /** The reference as written, of a service that pulls its image. */
    readonly image?: string;
    /** What is known of that image, or else of the one that a built service stands on. */
    readonly fact?: ImageFact;
    /** Ports that it listens on inside its networks, as the Compose file and the Dockerfile have them. */
    readonly ports: readonly number[];
    /** Whether another service waits for it to complete. */
    readonly isAwaited?: boolean;
}

export interface InferredRole {
    readonly role: Role;
    /** Why, to follow "because": `its image is mysql`. */
    readonly reason: string;
}

/** Words of image and service names that tell what kind of store stands behind them. */
const STORES: readonly (readonly [role: Role, words: readonly string[]])[] = [
    ["data", [
        "postgres", "postgresql", "pgvector", "postgis", "timescaledb", "pgbouncer", "mysql", "mariadb", "percona", "mongo", "mongodb", "elasticsearch",
        "opensearch", "clickhouse", "cassandra", "scylla", "cockroach", "cockroachdb", "couchdb", "couchbase", "neo4j", "arangodb", "influxdb", "minio",
        "seaweedfs", "etcd", "milvus", "qdrant", "weaviate", "chroma", "chromadb", "meilisearch", "typesense", "solr", "mssql", "oracle", "oceanbase", "tidb",
        "surrealdb", "rethinkdb", "victoriametrics", "questdb", "openldap", "infinity", "seekdb", "serenedb", "azurite", "sql",
    ]],
    ["cache", ["redis", "valkey", "keydb", "dragonfly", "memcached", "memcache", "varnish"]],
    ["queue", ["rabbitmq", "kafka", "redpanda", "nats", "zookeeper", "pulsar", "activemq", "artemis", "mosquitto", "emqx", "nsq", "nsqd", "beanstalkd"]],
];

/** Words that only service names use, too common to be looked for in images. */
const SERVICE_WORDS: readonly (readonly [role: Role, words: readonly string[]])[] = [
    ["data", ["db", "database", "databases", "datastore", "objectstore", "s3"]],
    ["cache", ["cache"]],
    ["queue", ["queue", "broker", "mq", "messagebus"]],
];

/** Words by which a program that speaks to a store is not one: `redis-exporter`, `kafka-ui`. */
const TOOLS = new Set([
    "exporter", "ui", "admin", "adminer", "commander", "express", "insight", "dashboards", "dashboard", "console", "web", "client", "cli", "gui", "manager",
    "backup", "operator", "proxy", "connect", "rest", "registry", "api", "app", "server-ui", "sync", "monitor", "agent", "worker", "test", "example",
]);

const SANDBOX_WORDS = new Set(["sandbox", "sandboxes", "sandboxed"]);
const JOB_WORDS = new Set(["init", "initialize", "migrate", "migrator", "migration", "migrations", "seed", "seeder", "setup", "bootstrap", "createbucket", "createbuckets"]);

/** Ports on which stores listen by convention. */
const PORTS: Readonly<Record<number, readonly [role: Role, what: string]>> = {
    1433: ["data", "SQL Server"], 1521: ["data", "Oracle"], 3306: ["data", "MySQL"], 5432: ["data", "PostgreSQL"], 5433: ["data", "PostgreSQL"],
    5984: ["data", "CouchDB"], 6333: ["data", "Qdrant"], 6334: ["data", "Qdrant"], 7687: ["data", "Bolt"], 8123: ["data", "ClickHouse"], 9042: ["data", "Cassandra"],
    9200: ["data", "Elasticsearch"], 9300: ["data", "Elasticsearch"], 19530: ["data", "Milvus"], 26257: ["data", "CockroachDB"], 27017: ["data", "MongoDB"],
    28015: ["data", "RethinkDB"], 2379: ["data", "etcd"], 33060: ["data", "MySQL X"], 389: ["data", "LDAP"], 636: ["data", "LDAP"],
    6379: ["cache", "Redis"], 6380: ["cache", "Redis"], 11211: ["cache", "memcached"],
    1883: ["queue", "MQTT"], 2181: ["queue", "ZooKeeper"], 4222: ["queue", "NATS"], 5671: ["queue", "AMQP"], 5672: ["queue", "AMQP"], 6650: ["queue", "Pulsar"],
    9092: ["queue", "Kafka"], 9093: ["queue", "Kafka"], 61616: ["queue", "ActiveMQ"],
};

/**
 * Infers what a service is for, from the surest sign to the weakest: that somebody waits for its end, what is known of
 * its image, the image's name, its ports, its own name. It is never `edge`: a proxy that an application brings along is
 * an application behind the toolkit's own edge, so that none of its ports stays published; an operator may declare it.
 */
export function inferRole(hints: RoleHints): InferredRole {
    return jobOf(hints) ?? byFact(hints) ?? byImageName(hints) ?? bySandboxName(hints) ?? byPort(hints) ?? byServiceName(hints)
        ?? { role: "application", reason: "nothing says that it is anything else" };
}

function jobOf({ name, ports, isAwaited }: RoleHints): InferredRole | undefined {
    if (isAwaited === true) {
        return { role: "job", reason: "another service waits for it to complete" };
    }
    const word = wordsOf(name).find(each => JOB_WORDS.has(each));
    return word !== undefined && ports.length === 0 ? { role: "job", reason: `its name says ${word} and it listens on no port` } : undefined;
}

function byFact({ image, fact }: RoleHints): InferredRole | undefined {
    const isOwn = image !== undefined && fact?.repositories.includes(canonicalName(image) ?? "") === true;
    if (fact === undefined || (!isOwn && fact.role === "application")) {
        return undefined;
    }
    const known = isOwn ? `its image is ${canonicalName(image)}` : `it is built on ${fact.repositories[0]}`;
    return fact.role === "edge"
        ? { role: "application", reason: `${known}, a proxy, which stands behind the toolkit's edge` }
        : { role: fact.role, reason: known };
}

function byImageName({ image }: RoleHints): InferredRole | undefined {
    const last = (image === undefined ? undefined : canonicalName(image))?.split("/").at(-1);
    const found = last === undefined ? undefined : storeOf(wordsOf(last), STORES);
    return found && { role: found.role, reason: `its image's name says ${found.word}` };
}

function bySandboxName({ name, image }: RoleHints): InferredRole | undefined {
    const words = [...wordsOf(name), ...wordsOf(image?.split("/").at(-1)?.split(/[:@]/)[0] ?? "")];
    return words.some(word => SANDBOX_WORDS.has(word)) ? { role: "sandbox", reason: "its name says sandbox" } : undefined;
}

function byPort({ ports, image }: RoleHints): InferredRole | undefined {
    const port = ports.find(each => Object.hasOwn(PORTS, each));
    const isTool = wordsOf(image?.split("/").at(-1)?.split(/[:@]/)[0] ?? "").some(word => TOOLS.has(word));
    const found = port === undefined || isTool ? undefined : PORTS[port];
    return found && { role: found[0], reason: `it listens on ${port}, the port of ${found[1]}` };
}

function byServiceName({ name }: RoleHints): InferredRole | undefined {
    const found = storeOf(wordsOf(name), [...STORES, ...SERVICE_WORDS]);
    return found && { role: found.role, reason: `its name says ${found.word}` };
}

/** The store that one of the words names, unless another says that it is a tool for one. */
function storeOf(words: readonly string[], stores: typeof STORES): { role: Role; word: string } | undefined {
    if (words.some(word => TOOLS.has(word))) {
        return undefined;
    }
    for (const [role, names] of stores) {
        const word = words.find(each => names.includes(each));
        if (word !== undefined) {
            return { role, word };
        }
    }
    return undefined;
}

/** `my_redis-cache2` → `my`, `redis`, `cache`; `es01` → `es`. */
function wordsOf(name: string): string[] {
    return name.toLowerCase().split(/[^a-z0-9]+/).map(word => word === "s3" || word === "neo4j" ? word : word.replace(/\d+$/, "")).filter(word => word !== "");
}
