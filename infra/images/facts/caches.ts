import { data, type ImageFact, scratch, tcp, valueOnly } from "../fact";

interface RedisLike {
    readonly repositories: readonly string[];
    readonly tags?: RegExp;
    readonly gid: number;
    readonly server: string;
    readonly client: string;
    readonly secrets: readonly string[];
    readonly note: string;
    readonly sources: readonly string[];
}

function redisLike(kind: RedisLike): ImageFact {
    return {
        repositories: kind.repositories,
        ...kind.tags !== undefined && { tags: kind.tags },
        role: "cache",
        user: { uid: 999, gid: kind.gid },
        userName: kind.server.replace("-server", ""),
        entrypoint: ["docker-entrypoint.sh"],
        command: [kind.server],
        workingDir: "/data",
        writable: [...data("/data"), ...scratch("/tmp")],
        capabilities: [],
        ports: [tcp(6379, "RESP")],
        secrets: valueOnly(...kind.secrets),
        // A server that wants a password answers NOAUTH, which is an answer.
        health: ["CMD-SHELL", `${kind.client} ping | grep -E 'PONG|NOAUTH'`],
        note: kind.note,
        sources: kind.sources,
    };
}

const REDIS = "https://github.com/redis/docker-library-redis/blob";
const REDIS_NOTE = "The password is an argument (--requirepass) or a line of redis.conf, not a variable.";
const VALKEY = "https://github.com/valkey-io/valkey-container/blob/mainline";
const VALKEY_NOTE = "The entrypoint refuses to start if /data is not writable; VALKEY_EXTRA_FLAGS may hold --requirepass.";

/** Caches: their content can be lost, their latency cannot. */
export const CACHES: readonly ImageFact[] = [
    redisLike({
        repositories: ["redis"], tags: /alpine/, gid: 1000, server: "redis-server", client: "redis-cli", secrets: [], note: REDIS_NOTE,
        sources: [`${REDIS}/master/7.4/alpine/Dockerfile`, `${REDIS}/master/docker-entrypoint.sh`],
    }),
    redisLike({
        repositories: ["redis"], gid: 999, server: "redis-server", client: "redis-cli", secrets: [], note: REDIS_NOTE,
        sources: [
            `${REDIS}/master/7.4/debian/Dockerfile`, `${REDIS}/release/8.2/debian/docker-entrypoint.sh`,
            "https://github.com/docker-library/repo-info/blob/master/repos/redis/remote/8.md",
        ],
    }),
    redisLike({
        repositories: ["valkey/valkey", "ghcr.io/valkey-io/valkey"], tags: /alpine/, gid: 1000, server: "valkey-server", client: "valkey-cli",
        secrets: ["VALKEY_EXTRA_FLAGS"], note: VALKEY_NOTE,
        sources: [`${VALKEY}/8.1/alpine/Dockerfile`, `${VALKEY}/docker-entrypoint.sh`],
    }),
    redisLike({
        repositories: ["valkey/valkey", "ghcr.io/valkey-io/valkey"], gid: 999, server: "valkey-server", client: "valkey-cli",
        secrets: ["VALKEY_EXTRA_FLAGS"], note: VALKEY_NOTE,
        sources: [`${VALKEY}/9.1/debian/Dockerfile`, `${VALKEY}/8.0/debian/Dockerfile`, `${VALKEY}/docker-entrypoint.sh`],
    }),
    {
        repositories: ["memcached"],
        role: "cache",
        user: { uid: 11211, gid: 11211 },
        userName: "memcache",
        entrypoint: ["docker-entrypoint.sh"],
        command: ["memcached"],
        writable: [],
        capabilities: [],
        ports: [tcp(11211, "memcached")],
        secrets: [],
        note: "Writes nothing. Has no authentication by default: reachable only from the services that need it.",
        sources: [
            "https://github.com/docker-library/memcached/blob/master/1/debian/Dockerfile",
            "https://github.com/docker-library/memcached/blob/master/1/alpine/Dockerfile",
        ],
    },
];
