import { fact, foreignData, id, type ImageFact, scratch, tcp, withFile } from "../fact";

interface Packaged {
    readonly name: string;
    readonly role: ImageFact["role"];
    readonly ports: ImageFact["ports"];
    readonly secrets: readonly string[];
    /** Name of the program's directory below /opt/bitnami and /bitnami, where it is not the image's. */
    readonly program?: string;
    /** Directory of the configuration below the program's. */
    readonly configuration: string;
    /** Version and distribution of the Dockerfile that was read. */
    readonly source: string;
}

/** All of them are built alike: user 1001, group 0, which may write where the program has to. */
function packaged({ name, role, ports, secrets, program = name, configuration, source }: Packaged): ImageFact {
    const home = `/opt/bitnami/${program}`;
    return fact({
        repositories: [`bitnami/${name}`],
        role,
        user: id(1001, 0),
        entrypoint: [`/opt/bitnami/scripts/${name}/entrypoint.sh`],
        command: [`/opt/bitnami/scripts/${name}/run.sh`],
        writable: [
            ...foreignData(`/bitnami/${program}`), { path: `${home}/${configuration}`, kind: "copy", owned: false }, ...scratch(`${home}/logs`, `${home}/tmp`, "/tmp"),
        ],
        ports,
        secrets: withFile(...secrets),
        note: "The start writes its configuration. The free tags moved to bitnamilegacy and get no updates any more.",
        sources: [
            `https://github.com/bitnami/containers/blob/main/bitnami/${name}/${source}/Dockerfile`,
            `https://github.com/bitnami/charts/tree/main/bitnami/${name}/templates`,
        ],
    });
}

/** Images that package other projects' programs in one common way. */
export const BITNAMI: readonly ImageFact[] = [
    packaged({
        name: "kafka", role: "queue", ports: [tcp(9092, "Kafka")], configuration: "config", source: "4.0/debian-12",
        secrets: ["KAFKA_CLIENT_PASSWORDS", "KAFKA_INTER_BROKER_PASSWORD", "KAFKA_CONTROLLER_PASSWORD"],
    }),
    packaged({
        name: "redis", role: "cache", ports: [tcp(6379, "RESP")], configuration: "etc", source: "7.4/debian-12", secrets: ["REDIS_PASSWORD", "REDIS_MASTER_PASSWORD"],
    }),
    packaged({
        name: "redis-cluster", program: "redis", role: "cache", ports: [tcp(6379, "RESP"), tcp(16379, "cluster bus")], configuration: "etc", source: "7.4/debian-12",
        secrets: ["REDIS_PASSWORD"],
    }),
    packaged({
        name: "postgresql", role: "data", ports: [tcp(5432, "PostgreSQL")], configuration: "conf", source: "17/debian-12",
        secrets: ["POSTGRESQL_PASSWORD", "POSTGRES_PASSWORD", "POSTGRESQL_POSTGRES_PASSWORD", "POSTGRESQL_REPLICATION_PASSWORD"],
    }),
    packaged({
        name: "mariadb", role: "data", ports: [tcp(3306, "MariaDB")], configuration: "conf", source: "11.4/debian-12",
        secrets: ["MARIADB_ROOT_PASSWORD", "MARIADB_PASSWORD", "MARIADB_REPLICATION_PASSWORD"],
    }),
    packaged({
        name: "mongodb", role: "data", ports: [tcp(27017, "MongoDB")], configuration: "conf", source: "8.0/debian-12",
        secrets: ["MONGODB_ROOT_PASSWORD", "MONGODB_PASSWORD", "MONGODB_REPLICA_SET_KEY"],
    }),
    packaged({
        name: "zookeeper", role: "queue", ports: [tcp(2181, "clients")], configuration: "conf", source: "3.9/debian-12", secrets: ["ZOO_CLIENT_PASSWORD", "ZOO_SERVER_PASSWORDS"],
    }),
];
