import { copied, data, fact, foreignData, id, type ImageFact, scratch, scratchExec, tcp, valueOnly, withFile } from "../fact";

const NEXTCLOUD = "https://github.com/nextcloud/docker/blob/master";
const WORDPRESS = "https://github.com/docker-library/wordpress/blob/master";
const N8N = "https://github.com/n8n-io/n8n/blob/master/docker/images";
const TEMPORAL = "https://github.com/temporalio/docker-builds/blob/main";

const APACHE_SCRATCH = scratch("/var/run/apache2", "/var/lock/apache2", "/tmp");
const NEXTCLOUD_SECRETS = withFile("NEXTCLOUD_ADMIN_PASSWORD", "MYSQL_PASSWORD", "POSTGRES_PASSWORD", "REDIS_HOST_PASSWORD");
const WORDPRESS_SECRETS = withFile(
    "WORDPRESS_DB_PASSWORD", "WORDPRESS_AUTH_KEY", "WORDPRESS_SECURE_AUTH_KEY", "WORDPRESS_LOGGED_IN_KEY", "WORDPRESS_NONCE_KEY",
    "WORDPRESS_AUTH_SALT", "WORDPRESS_SECURE_AUTH_SALT", "WORDPRESS_LOGGED_IN_SALT", "WORDPRESS_NONCE_SALT",
);
const N8N_SECRETS = withFile(
    "N8N_ENCRYPTION_KEY", "DB_POSTGRESDB_PASSWORD", "QUEUE_BULL_REDIS_PASSWORD", "N8N_SMTP_PASS", "N8N_USER_MANAGEMENT_JWT_SECRET", "N8N_RUNNERS_AUTH_TOKEN",
);
const TEMPORAL_SECRETS = valueOnly("POSTGRES_PWD", "MYSQL_PWD", "CASSANDRA_PASSWORD", "ES_PWD");

interface Php {
    readonly tags?: RegExp;
    readonly id: number;
    readonly command: string;
    readonly port: number;
}

/** The three ways in which applications in PHP are packaged: Apache, FPM on Debian, FPM on Alpine. */
const PHP_VARIANTS: readonly Php[] = [
    { tags: /fpm-alpine/, id: 82, command: "php-fpm", port: 9000 },
    { tags: /fpm/, id: 33, command: "php-fpm", port: 9000 },
    { id: 33, command: "apache2-foreground", port: 80 },
];

function inPhp(known: Pick<ImageFact, "repositories" | "entrypoint" | "secrets" | "writable" | "note" | "sources">): ImageFact[] {
    return PHP_VARIANTS.map(({ tags, id: uid, command, port }) => fact({
        ...known,
        ...tags !== undefined && { tags },
        role: "application",
        user: id(uid),
        command: [command],
        workingDir: "/var/www/html",
        writable: [...known.writable, ...APACHE_SCRATCH],
        ports: [tcp(port, port === 80 ? "HTTP" : "FastCGI")],
        memoryMiB: 512,
    }));
}

function temporalServer(repository: string, command: readonly string[]): ImageFact {
    return fact({
        repositories: [repository],
        command,
        role: "application",
        user: id(1000),
        entrypoint: ["/etc/temporal/entrypoint.sh"],
        workingDir: "/etc/temporal",
        writable: [...copied("/etc/temporal/config"), ...scratch("/tmp")],
        environment: { HOME: "/tmp" },
        ports: [tcp(7233, "gRPC"), tcp(7234, "history"), tcp(7235, "matching"), tcp(7239, "worker"), tcp(6933, "membership"), tcp(6934, "membership"), tcp(6935, "membership"), tcp(6939, "membership")],
        secrets: TEMPORAL_SECRETS,
        note: "The start renders config/docker.yaml from a template and variables.",
        sources: [`${TEMPORAL}/server.Dockerfile`, `${TEMPORAL}/docker/entrypoint.sh`],
    });
}

/** Applications that many run as they are. */
export const APPLICATIONS: readonly ImageFact[] = [
    ...inPhp({
        repositories: ["wordpress"], entrypoint: ["docker-entrypoint.sh"], secrets: WORDPRESS_SECRETS, writable: data("/var/www/html"),
        note: "The first start copies the program into /var/www/html, which plugins and updates then change.",
        sources: [`${WORDPRESS}/latest/php8.3/apache/Dockerfile`, `${WORDPRESS}/docker-entrypoint.sh`, `${WORDPRESS}/wp-config-docker.php`],
    }),
    ...inPhp({
        repositories: ["nextcloud"], entrypoint: ["/entrypoint.sh"], secrets: NEXTCLOUD_SECRETS,
        writable: [...data("/var/www/html"), { path: "/usr/local/etc/php/conf.d", kind: "copy", owned: false }],
        note: "The first start copies the program into /var/www/html. Where REDIS_HOST is set the entrypoint writes a session configuration into conf.d.",
        sources: [`${NEXTCLOUD}/Dockerfile-debian.template`, `${NEXTCLOUD}/docker-entrypoint.sh`, `${NEXTCLOUD}/README.md`],
    }),
    fact({
        repositories: ["n8nio/n8n", "docker.n8n.io/n8nio/n8n", "ghcr.io/n8n-io/n8n"],
        role: "application",
        user: id(1000),
        entrypoint: ["tini", "--", "/docker-entrypoint.sh"],
        workingDir: "/home/node",
        writable: [...data("/home/node/.n8n"), ...scratch("/home/node/.cache", "/tmp")],
        ports: [tcp(5678, "HTTP")],
        secrets: N8N_SECRETS,
        health: ["CMD-SHELL", "wget -q --spider http://127.0.0.1:5678/healthz"],
        memoryMiB: 1024,
        note: "Any of its variables may be given as <variable>_FILE. Without N8N_ENCRYPTION_KEY it makes one in .n8n.",
        sources: [`${N8N}/n8n/Dockerfile`, `${N8N}/n8n/docker-entrypoint.sh`, "https://docs.n8n.io/hosting/configuration/configuration-methods/"],
    }),
    fact({
        repositories: ["n8nio/runners", "ghcr.io/n8n-io/runners"],
        role: "sandbox",
        user: id(1000),
        entrypoint: ["tini", "--", "/usr/local/bin/task-runner-launcher"],
        command: ["javascript", "python"],
        workingDir: "/home/runner",
        writable: scratch("/home/runner", "/tmp"),
        ports: [tcp(5680, "health")],
        secrets: valueOnly("N8N_RUNNERS_AUTH_TOKEN"),
        note: "Runs what users write. Has to reach its broker (port 5679 of n8n), so its network has to be declared.",
        sources: [`${N8N}/runners/Dockerfile`],
    }),
    fact({
        repositories: ["gitea/gitea", "docker.gitea.com/gitea"],
        tags: /rootless/,
        role: "application",
        user: id(1000),
        entrypoint: ["/usr/bin/dumb-init", "--", "/usr/local/bin/docker-entrypoint.sh"],
        workingDir: "/var/lib/gitea",
        writable: [...data("/var/lib/gitea", "/etc/gitea"), ...scratchExec("/tmp")],
        ports: [tcp(3000, "HTTP"), tcp(2222, "SSH")],
        secrets: valueOnly("GITEA__database__PASSWD", "GITEA__security__SECRET_KEY", "GITEA__security__INTERNAL_TOKEN", "GITEA__mailer__PASSWD"),
        health: ["CMD", "curl", "-fs", "http://127.0.0.1:3000/api/healthz"],
        note: "A variable GITEA__section__KEY may be given as GITEA__section__KEY__FILE.",
        sources: ["https://github.com/go-gitea/gitea/blob/main/Dockerfile.rootless"],
    }),
    fact({
        repositories: ["gitea/gitea", "docker.gitea.com/gitea"],
        role: "application",
        user: id(0),
        rootReason: "its s6 supervisor and sshd start as root; take the same version's -rootless tag, which needs none",
        entrypoint: ["/usr/bin/entrypoint"],
        command: ["/usr/bin/s6-svscan", "/etc/s6"],
        writable: [...foreignData("/data"), ...copied("/etc/s6"), ...scratchExec("/tmp", "/run")],
        capabilities: ["CHOWN", "DAC_OVERRIDE", "FOWNER", "SETGID", "SETUID", "SYS_CHROOT"],
        ports: [tcp(3000, "HTTP"), tcp(22, "SSH")],
        secrets: valueOnly("GITEA__database__PASSWD", "GITEA__security__SECRET_KEY", "GITEA__security__INTERNAL_TOKEN", "GITEA__mailer__PASSWD"),
        note: "unverified: the exact set of capabilities under which s6, su-exec and sshd start.",
        sources: ["https://github.com/go-gitea/gitea/blob/main/Dockerfile"],
    }),
    temporalServer("temporalio/server", []),
    temporalServer("temporalio/auto-setup", ["autosetup"]),
    fact({
        repositories: ["temporalio/admin-tools"],
        role: "job",
        user: id(1000),
        entrypoint: ["tini", "--", "sleep", "infinity"],
        workingDir: "/etc/temporal",
        writable: scratch("/tmp"),
        environment: { HOME: "/tmp" },
        secrets: TEMPORAL_SECRETS,
        note: "Idles for people who enter it; deploy it only where its commands run as a job.",
        sources: [`${TEMPORAL}/admin-tools.Dockerfile`],
    }),
    fact({
        repositories: ["temporalio/ui"],
        role: "application",
        user: id(1000),
        entrypoint: ["./start-ui-server.sh"],
        workingDir: "/home/ui-server",
        writable: scratch("/tmp"),
        ports: [tcp(8080, "HTTP")],
        secrets: valueOnly("TEMPORAL_AUTH_CLIENT_SECRET"),
        sources: ["https://github.com/temporalio/ui/blob/main/server/Dockerfile", "https://github.com/temporalio/ui/blob/main/server/docker/start-ui-server.sh"],
    }),
];
