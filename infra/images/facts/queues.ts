import { copied, data, fact, foreignData, id, type ImageFact, scratch, tcp, valueOnly } from "../fact";

const RABBITMQ = "https://github.com/docker-library/rabbitmq/blob/master";
const NATS = "https://github.com/nats-io/nats-docker/blob/main/2.14.x";
const ZOOKEEPER = "https://github.com/31z4/zookeeper-docker/blob/master/3.9.4";
const KAFKA = "https://github.com/apache/kafka/blob/trunk/docker";
const CONFLUENT = "https://github.com/confluentinc";

const RABBITMQ_FACT: Omit<ImageFact, "user" | "tags"> = fact({
    repositories: ["rabbitmq"],
    role: "queue",
    user: id(999),
    entrypoint: ["docker-entrypoint.sh"],
    command: ["rabbitmq-server"],
    writable: [...data("/var/lib/rabbitmq"), ...scratch("/var/log/rabbitmq", "/tmp")],
    ports: [tcp(5672, "AMQP"), tcp(5671, "AMQP over TLS"), tcp(15672, "management, in its tags"), tcp(15692, "metrics"), tcp(4369, "epmd"), tcp(25672, "clustering")],
    secrets: valueOnly("RABBITMQ_DEFAULT_PASS", "RABBITMQ_ERLANG_COOKIE"),
    health: ["CMD", "rabbitmq-diagnostics", "-q", "ping"],
    memoryMiB: 512,
    note: "The _FILE variables were taken out with 3.9 and stop the start. Up to 3.8 the entrypoint writes /etc/rabbitmq where variables ask for it.",
    sources: [`${RABBITMQ}/4.2/ubuntu/Dockerfile`, `${RABBITMQ}/4.2/alpine/Dockerfile`, `${RABBITMQ}/docker-entrypoint.sh`],
});

const ETCD: ImageFact = fact({
    repositories: ["gcr.io/etcd-development/etcd", "quay.io/coreos/etcd"],
    role: "data",
    user: id(1000),
    command: ["/usr/local/bin/etcd"],
    workingDir: "/var/lib/etcd",
    writable: foreignData("/var/lib/etcd"),
    ports: [tcp(2379, "clients"), tcp(2380, "peers")],
    secrets: valueOnly("ETCD_ROOT_PASSWORD"),
    health: ["CMD", "/usr/local/bin/etcdctl", "endpoint", "health"],
    note: "Any user that owns its data directory, which is default.etcd in the working directory unless --data-dir says otherwise. Listens on localhost unless told.",
    sources: ["https://github.com/etcd-io/etcd/blob/main/Dockerfile"],
});

/** Brokers, and the coordination services that they stand on. */
export const QUEUES: readonly ImageFact[] = [
    { ...RABBITMQ_FACT, tags: /alpine/, user: id(100, 101) },
    { ...RABBITMQ_FACT, user: id(999) },
    fact({
        repositories: ["nats"],
        tags: /alpine/,
        role: "queue",
        user: id(1000),
        entrypoint: ["docker-entrypoint.sh"],
        command: ["nats-server", "--config", "/etc/nats/nats-server.conf"],
        writable: scratch("/tmp"),
        ports: [tcp(4222, "NATS"), tcp(8222, "monitoring"), tcp(6222, "clustering")],
        health: ["CMD-SHELL", "wget -q --spider http://127.0.0.1:8222/healthz"],
        note: "Any user. JetStream keeps its files below /tmp unless -sd names a directory, which then has to be kept. The image's own configuration holds a published password for routes.",
        sources: [`${NATS}/alpine3.22/Dockerfile`, `${NATS}/alpine3.22/docker-entrypoint.sh`],
    }),
    fact({
        repositories: ["nats"],
        role: "queue",
        user: id(1000),
        entrypoint: ["/nats-server"],
        command: ["--config", "nats-server.conf"],
        writable: scratch("/tmp"),
        ports: [tcp(4222, "NATS"), tcp(8222, "monitoring"), tcp(6222, "clustering")],
        note: "Built from scratch: no shell. Any user. JetStream keeps its files below /tmp unless -sd names a directory, which then has to be kept.",
        sources: [`${NATS}/scratch/Dockerfile`],
    }),
    fact({
        repositories: ["zookeeper"],
        role: "queue",
        user: id(1000),
        entrypoint: ["/docker-entrypoint.sh"],
        command: ["zkServer.sh", "start-foreground"],
        writable: [...data("/data", "/datalog"), ...scratch("/logs", "/tmp"), ...copied("/conf")],
        ports: [tcp(2181, "clients"), tcp(2888, "followers"), tcp(3888, "election"), tcp(8080, "admin")],
        note: "The entrypoint writes /conf/zoo.cfg where there is none, and leaves out chown when not root.",
        sources: [`${ZOOKEEPER}/Dockerfile`, `${ZOOKEEPER}/docker-entrypoint.sh`],
    }),
    fact({
        repositories: ["apache/kafka"],
        role: "queue",
        user: id(1000),
        entrypoint: ["/__cacert_entrypoint.sh"],
        command: ["/etc/kafka/docker/run"],
        writable: [...data("/var/lib/kafka/data"), ...copied("/opt/kafka/config"), ...scratch("/opt/kafka/logs", "/mnt/shared/config", "/tmp")],
        ports: [tcp(9092, "Kafka"), tcp(9093, "controller")],
        secrets: valueOnly("KAFKA_SSL_KEY_PASSWORD", "KAFKA_SSL_KEYSTORE_PASSWORD", "KAFKA_SSL_TRUSTSTORE_PASSWORD"),
        memoryMiB: 1536,
        note: "Its defaults keep the messages in /tmp: set KAFKA_LOG_DIRS=/var/lib/kafka/data. unverified: 1000:1000 is what adduser gives its appuser.",
        sources: [`${KAFKA}/jvm/Dockerfile`, `${KAFKA}/resources/common-scripts/configure`, `${KAFKA}/jvm/launch`],
    }),
    fact({
        repositories: ["confluentinc/cp-kafka"],
        role: "queue",
        user: id(1000),
        command: ["/etc/confluent/docker/run"],
        workingDir: "/home/appuser",
        writable: [...data("/var/lib/kafka/data"), ...copied("/etc/kafka"), ...scratch("/var/log/kafka", "/var/log/confluent", "/tmp")],
        ports: [tcp(9092, "Kafka")],
        secrets: valueOnly("KAFKA_SSL_KEY_PASSWORD", "KAFKA_SSL_KEYSTORE_PASSWORD", "KAFKA_SSL_TRUSTSTORE_PASSWORD", "KAFKA_OPTS"),
        memoryMiB: 1536,
        note: "The start renders its configuration into /etc/kafka. Passwords of key stores are read from files in /etc/kafka/secrets by *_CREDENTIALS.",
        sources: [
            `${CONFLUENT}/kafka-images/blob/master/kafka/Dockerfile.ubi9`, `${CONFLUENT}/kafka-images/blob/master/kafka/include/etc/confluent/docker/configure`,
            `${CONFLUENT}/common-docker/blob/master/base-java-micro/Dockerfile.ubi9`,
        ],
    }),
    ETCD,
];
