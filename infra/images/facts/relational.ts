import { copied, data, type ImageFact, scratch, tcp, valueOnly, withFile } from "../fact";

/** The directory in which the image keeps its databases, by major version. */
interface PostgresLayout {
    readonly repositories: readonly string[];
    readonly tags?: RegExp;
    /** 999 in images on Debian, 70 in those on Alpine. */
    readonly id: number;
    readonly directory: string;
    readonly sources: readonly string[];
    readonly note?: string;
}

const POSTGRES = "https://github.com/docker-library/postgres/blob/master";
const ENTRYPOINT = `${POSTGRES}/docker-entrypoint.sh`;
/** From 18 on the volume is one directory higher, with the databases in a subdirectory by version. */
const BEFORE_18 = "/var/lib/postgresql/data";
const SINCE_18 = "/var/lib/postgresql";

function postgres(layout: PostgresLayout): ImageFact {
    return {
        repositories: layout.repositories,
        ...layout.tags !== undefined && { tags: layout.tags },
        role: "data",
        user: { uid: layout.id, gid: layout.id },
        userName: "postgres",
        entrypoint: ["docker-entrypoint.sh"],
        command: ["postgres"],
        writable: [...data(layout.directory), ...scratch("/var/run/postgresql", "/tmp")],
        capabilities: [],
        ports: [tcp(5432, "PostgreSQL")],
        secrets: withFile("POSTGRES_PASSWORD"),
        health: ["CMD-SHELL", "pg_isready -h 127.0.0.1 -U \"${POSTGRES_USER:-postgres}\""],
        note: layout.note ?? "The entrypoint leaves out chown and gosu when it does not start as root; the socket's directory needs a tmpfs.",
        sources: layout.sources,
    };
}

const OFFICIAL: readonly ImageFact[] = [
    postgres({
        repositories: ["postgres"], tags: /^(?:9|1[0-7])\b.*alpine/, id: 70, directory: BEFORE_18,
        sources: [`${POSTGRES}/17/alpine3.23/Dockerfile`, ENTRYPOINT],
    }),
    postgres({
        repositories: ["postgres"], tags: /alpine/, id: 70, directory: SINCE_18,
        sources: [`${POSTGRES}/18/alpine3.23/Dockerfile`, ENTRYPOINT],
    }),
    postgres({
        repositories: ["postgres"], tags: /^(?:9|1[0-7])\b/, id: 999, directory: BEFORE_18,
        sources: [`${POSTGRES}/17/trixie/Dockerfile`, ENTRYPOINT],
    }),
    postgres({
        repositories: ["postgres"], id: 999, directory: SINCE_18,
        sources: [`${POSTGRES}/18/trixie/Dockerfile`, ENTRYPOINT],
    }),
];

const DERIVED: readonly ImageFact[] = [
    postgres({
        repositories: ["pgvector/pgvector"], tags: /pg1[3-7]\b/, id: 999, directory: BEFORE_18,
        sources: ["https://github.com/pgvector/pgvector/blob/master/Dockerfile", `${POSTGRES}/17/trixie/Dockerfile`],
    }),
    postgres({
        repositories: ["pgvector/pgvector"], id: 999, directory: SINCE_18,
        sources: ["https://github.com/pgvector/pgvector/blob/master/Dockerfile", `${POSTGRES}/18/trixie/Dockerfile`],
    }),
    postgres({
        repositories: ["postgis/postgis"], tags: /alpine/, id: 70, directory: BEFORE_18,
        sources: ["https://github.com/postgis/docker-postgis/blob/master/17-3.5/alpine/Dockerfile", ENTRYPOINT],
    }),
    postgres({
        repositories: ["postgis/postgis"], id: 999, directory: BEFORE_18,
        sources: ["https://github.com/postgis/docker-postgis/blob/master/17-3.5/Dockerfile", ENTRYPOINT],
        note: "A tag of PostgreSQL 18 or later keeps its data in /var/lib/postgresql; declare that path.",
    }),
    postgres({
        repositories: ["timescale/timescaledb"], id: 70, directory: BEFORE_18,
        sources: ["https://github.com/timescale/timescaledb-docker/blob/main/Dockerfile", ENTRYPOINT],
        note: "Built on postgres:<version>-alpine. A tag of pg18 or later keeps its data in /var/lib/postgresql.",
    }),
];

const MYSQL = "https://github.com/docker-library/mysql/blob/master";
const MARIADB = "https://github.com/MariaDB/mariadb-docker/blob/master";

const MYSQL_LIKE: readonly ImageFact[] = [
    {
        repositories: ["mysql"],
        role: "data",
        user: { uid: 999, gid: 999 },
        userName: "mysql",
        entrypoint: ["docker-entrypoint.sh"],
        command: ["mysqld"],
        writable: [...data("/var/lib/mysql"), ...scratch("/var/run/mysqld", "/var/lib/mysql-files", "/tmp")],
        capabilities: [],
        ports: [tcp(3306, "MySQL"), tcp(33060, "MySQL X protocol")],
        secrets: withFile("MYSQL_ROOT_PASSWORD", "MYSQL_PASSWORD"),
        // The server of the initialisation listens on a socket only, so TCP answers when the real one is up.
        health: ["CMD", "mysqladmin", "ping", "-h", "127.0.0.1", "--silent"],
        memoryMiB: 1024,
        note: "Without SYS_NICE the server logs that mbind is not permitted and goes on. secure_file_priv is /var/lib/mysql-files.",
        sources: [`${MYSQL}/8.4/Dockerfile.oracle`, `${MYSQL}/8.4/docker-entrypoint.sh`],
    },
    {
        repositories: ["mariadb"],
        role: "data",
        user: { uid: 999, gid: 999 },
        userName: "mysql",
        entrypoint: ["docker-entrypoint.sh"],
        command: ["mariadbd"],
        writable: [...data("/var/lib/mysql"), ...scratch("/run/mysqld", "/tmp")],
        capabilities: [],
        ports: [tcp(3306, "MariaDB")],
        secrets: withFile(
            "MARIADB_ROOT_PASSWORD", "MARIADB_PASSWORD", "MARIADB_ROOT_PASSWORD_HASH", "MARIADB_PASSWORD_HASH",
            "MARIADB_REPLICATION_PASSWORD", "MYSQL_ROOT_PASSWORD", "MYSQL_PASSWORD",
        ),
        health: ["CMD", "healthcheck.sh", "--connect", "--innodb_initialized"],
        memoryMiB: 512,
        note: "The Ubuntu variants let useradd choose the ids, which gives 999:999; the UBI variants set them. "
            + "Releases before 11 start mysqld by CMD; 10.6 and earlier may lack healthcheck.sh.",
        sources: [`${MARIADB}/11.8/Dockerfile`, `${MARIADB}/11.8-ubi/Dockerfile`, `${MARIADB}/docker-entrypoint.sh`, `${MARIADB}/healthcheck.sh`],
    },
    {
        repositories: ["edoburu/pgbouncer"],
        role: "data",
        user: { uid: 70, gid: 70 },
        userName: "postgres",
        entrypoint: ["/entrypoint.sh"],
        command: ["/usr/bin/pgbouncer", "/etc/pgbouncer/pgbouncer.ini"],
        writable: [...copied("/etc/pgbouncer"), ...scratch("/var/run/pgbouncer", "/var/log/pgbouncer", "/tmp")],
        capabilities: [],
        ports: [tcp(5432, "PgBouncer")],
        secrets: valueOnly("DB_PASSWORD", "DATABASE_URL"),
        note: "The entrypoint writes its configuration and the password's list into /etc/pgbouncer. Its user is the postgres of Alpine's package.",
        sources: [
            "https://github.com/edoburu/docker-pgbouncer/blob/master/Dockerfile",
            "https://github.com/edoburu/docker-pgbouncer/blob/master/entrypoint.sh",
        ],
    },
];

/** Relational databases and what stands before them. */
export const RELATIONAL: readonly ImageFact[] = [...OFFICIAL, ...DERIVED, ...MYSQL_LIKE];
