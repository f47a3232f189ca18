import { fact, id, type ImageFact, scratch, tcp } from "../fact";

interface Base {
    readonly repositories: readonly string[];
    readonly tags?: RegExp;
    readonly entrypoint?: readonly string[];
    readonly command: readonly string[];
    readonly user?: ImageFact["user"];
    readonly userName?: string;
    readonly note?: string;
    readonly sources: readonly string[];
}

/** Most bases name no user: what stands on them runs as any. 1000 also owns what a developer mounts. */
const ANY_USER = id(1000);
const NO_USER = "Names no user of its own; runs as any.";
const HUB = "https://github.com/docker-library";

function base(known: Base): ImageFact {
    return fact({
        repositories: known.repositories,
        ...known.tags !== undefined && { tags: known.tags },
        role: "application",
        user: known.user ?? ANY_USER,
        ...known.userName !== undefined && { userName: known.userName },
        entrypoint: known.entrypoint ?? [],
        command: known.command,
        writable: scratch("/tmp"),
        note: known.note ?? NO_USER,
        sources: known.sources,
    });
}

const PHP_ENTRYPOINT = ["docker-php-entrypoint"];
const TEMURIN = "https://github.com/adoptium/containers/blob/main/21";
const TEMURIN_NOTE = "The entrypoint adds certificates only where USE_SYSTEM_CA_CERTS is set. Images with a JRE alone have no command; those with a JDK start jshell.";

/** Operating systems and languages that services are built on. */
export const BASES: readonly ImageFact[] = [
    base({ repositories: ["python"], command: ["python3"], sources: [`${HUB}/python/blob/master/3.13/slim-trixie/Dockerfile`] }),
    base({
        repositories: ["node"], entrypoint: ["docker-entrypoint.sh"], command: ["node"], user: id(1000), userName: "node", note: "Its user node is 1000:1000.",
        sources: ["https://github.com/nodejs/docker-node/blob/main/22/bookworm-slim/Dockerfile", "https://github.com/nodejs/docker-node/blob/main/docker-entrypoint.sh"],
    }),
    fact({
        repositories: ["php"],
        tags: /apache/,
        role: "application",
        user: id(33),
        userName: "www-data",
        entrypoint: PHP_ENTRYPOINT,
        command: ["apache2-foreground"],
        workingDir: "/var/www/html",
        writable: scratch("/var/run/apache2", "/var/lock/apache2", "/tmp"),
        ports: [tcp(80, "HTTP")],
        note: "Made to run as any user; www-data is 33:33. Its logs are links to standard output: /var/log/apache2 must stay as it is.",
        sources: [`${HUB}/php/blob/master/8.3/bookworm/apache/Dockerfile`],
    }),
    fact({
        repositories: ["php"],
        tags: /fpm-alpine/,
        role: "application",
        user: id(82),
        userName: "www-data",
        entrypoint: PHP_ENTRYPOINT,
        command: ["php-fpm"],
        workingDir: "/var/www/html",
        writable: scratch("/tmp"),
        ports: [tcp(9000, "FastCGI")],
        note: "Made to run as any user; www-data is 82:82 on Alpine.",
        sources: [`${HUB}/php/blob/master/8.3/alpine3.22/fpm/Dockerfile`],
    }),
    fact({
        repositories: ["php"],
        tags: /fpm/,
        role: "application",
        user: id(33),
        userName: "www-data",
        entrypoint: PHP_ENTRYPOINT,
        command: ["php-fpm"],
        workingDir: "/var/www/html",
        writable: scratch("/tmp"),
        ports: [tcp(9000, "FastCGI")],
        note: "Made to run as any user; www-data is 33:33.",
        sources: [`${HUB}/php/blob/master/8.3/bookworm/fpm/Dockerfile`],
    }),
    base({ repositories: ["php"], entrypoint: PHP_ENTRYPOINT, command: ["php", "-a"], user: id(33), userName: "www-data", sources: [`${HUB}/php/blob/master/8.3/bookworm/cli/Dockerfile`] }),
    base({ repositories: ["ruby"], command: ["irb"], sources: [`${HUB}/ruby/blob/master/3.4/slim-bookworm/Dockerfile`] }),
    base({ repositories: ["golang"], command: ["bash"], sources: [`${HUB}/golang/blob/master/1.24/bookworm/Dockerfile`], note: `${NO_USER} Alpine's tags start /bin/sh.` }),
    base({ repositories: ["rust"], command: ["bash"], sources: ["https://github.com/rust-lang/docker-rust/blob/master/stable/bookworm/Dockerfile"] }),
    base({
        repositories: ["eclipse-temurin"], tags: /jre/, entrypoint: ["/__cacert_entrypoint.sh"], command: [], note: TEMURIN_NOTE,
        sources: [`${TEMURIN}/jre/alpine/3.21/Dockerfile`],
    }),
    base({
        repositories: ["eclipse-temurin"], entrypoint: ["/__cacert_entrypoint.sh"], command: ["jshell"], note: TEMURIN_NOTE,
        sources: [`${TEMURIN}/jdk/ubuntu/noble/Dockerfile`],
    }),
    base({ repositories: ["openjdk"], command: ["jshell"], note: `${NO_USER} No longer maintained.`, sources: [`${HUB}/openjdk/blob/master/24/jdk/slim-bookworm/Dockerfile`] }),
    base({ repositories: ["alpine"], command: ["/bin/sh"], sources: ["https://github.com/alpinelinux/docker-alpine/blob/master/Dockerfile", `${HUB}/repo-info/blob/master/repos/alpine/remote/latest.md`] }),
    base({ repositories: ["debian"], command: ["bash"], sources: [`${HUB}/repo-info/blob/master/repos/debian/remote/latest.md`] }),
    base({
        repositories: ["ubuntu"], command: ["/bin/bash"], note: "From 23.04 on its user ubuntu is 1000:1000; before, it names none.",
        sources: [`${HUB}/repo-info/blob/master/repos/ubuntu/remote/latest.md`],
    }),
    base({ repositories: ["busybox"], command: ["sh"], sources: [`${HUB}/busybox/blob/master/latest/glibc/amd64/index.json`, `${HUB}/repo-info/blob/master/repos/busybox/remote/latest.md`] }),
];
