import { copied, fact, foreignData, id, type ImageFact, scratch, tcp, withFile } from "../fact";

interface Packaged {
    readonly name: string;
    readonly role: ImageFact["role"];
    readonly ports: ImageFact["ports"];
    readonly secrets: readonly string[];
    /** Directory of the program below /opt/bitnami, where it is not called like the image. */
    readonly program?: string;
    readonly source: string;
}

/** All of them are built alike: user 1001, group 0, which may write where the program has to. */
function packaged({ name, role, ports, secrets, program = name, source }: Packaged): ImageFact {
    return fact({
        repositories: [`bitnami/${name}`],
        role,
        user: id(1001, 0),
        entrypoint: [`/opt/bitnami/scripts/${name}/entrypoint.sh`],
        command: [`/opt/bitnami/scripts/${name}/run.sh`],
        writable: [
            ...foreignData(`/bitnami/${program}`), ...copied(`/opt/bitnami/${program}`), ...scratch("/tmp"),
        ].map(path => path.kind === "copy" ? { ...path, owned: false } : path),
        ports,
        secrets: withFile(...secrets),
        note: "Writes its configuration, logs and temporary files below its directory in /opt/bitnami. The free tags moved to bitnamilegacy and get no updates. "
            + "unverified: the whole of /opt/bitnami/<program> as a copy; its charts mount conf, logs and tmp there.",
        sources: [`https://github.com/bitnami/containers/blob/main/bitnami/${name}/${source}/Dockerfile`],
    });
}

/** Images that package other projects' programs in one common way. */
export const BITNAMI: readonly ImageFact[] = [
    packaged({ name: "kafka", role: "queue", ports: [tcp(9092, "Kafka")], secrets: ["KAFKA_CLIENT_PASSWORDS", "KAFKA_INTER_BROKER_PASSWORD", "KAFKA_CONTROLLER_PASSWORD"], source: "4.0/debian-12" }),
    packaged({ name: "redis", role: "cache", ports: [tcp(6379, "RESP")], secrets: ["REDIS_PASSWORD", "REDIS_MASTER_PASSWORD"], source: "7.4/debian-12" }),
    packaged({ name: "redis-cluster", program: "redis", role: "cache", ports: [tcp(6379, "RESP"), tcp(16379, "cluster bus")], secrets: ["REDIS_PASSWORD"], source: "7.4/debian-12" }),
    packaged({ name: "postgresql", role: "data", ports: [tcp(5432, "PostgreSQL")], secrets: ["POSTGRESQL_PASSWORD", "POSTGRES_PASSWORD", "POSTGRESQL_POSTGRES_PASSWORD", "POSTGRESQL_REPLICATION_PASSWORD"], source: "17/debian-12" }),
    packaged({ name: "mariadb", role: "data", ports: [tcp(3306, "MariaDB")], secrets: ["MARIADB_ROOT_PASSWORD", "MARIADB_PASSWORD", "MARIADB_REPLICATION_PASSWORD"], source: "11.4/debian-12" }),
    packaged({ name: "mongodb", role: "data", ports: [tcp(27017, "MongoDB")], secrets: ["MONGODB_ROOT_PASSWORD", "MONGODB_PASSWORD", "MONGODB_REPLICA_SET_KEY"], source: "8.0/debian-12" }),
    packaged({ name: "zookeeper", role: "queue", ports: [tcp(2181, "clients")], secrets: ["ZOO_CLIENT_PASSWORD", "ZOO_SERVER_PASSWORDS"], source: "3.9/debian-12" }),
    packaged({ name: "rabbitmq", role: "queue", ports: [tcp(5672, "AMQP"), tcp(15672, "management")], secrets: ["RABBITMQ_PASSWORD", "RABBITMQ_ERL_COOKIE"], source: "4.1/debian-12" }),
    packaged({ name: "etcd", role: "data", ports: [tcp(2379, "clients"), tcp(2380, "peers")], secrets: ["ETCD_ROOT_PASSWORD"], source: "3.6/debian-12" }),
];
