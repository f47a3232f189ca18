import type { Build, ContainerPort, Dependency, DeviceRequest, HealthCheck, Mount, NetworkAttachment, PublishedPort, Ulimit } from "./service";
import type { Problem } from "./problem";

/** What a service is for; networks, limits and the sandbox follow from it. */
export type Role = "edge" | "application" | "data" | "cache" | "queue" | "sandbox" | "job";
export const ROLES: readonly Role[] = ["edge", "application", "data", "cache", "queue", "sandbox", "job"];

/** `production`, `staging` and `ci` fail closed; `development` may run unpinned images. Any other word is production. */
export type Environment = "production" | "staging" | "ci" | "development";

declare const hardened: unique symbol;

/**
 * A service after every measure of `harden`, the only maker of this type. The type can also say what is insecure
 * (privileged, no user, no limits): that is how a target renders a run with a measure taken out, which the tests do to
 * see the rule named for it fire. An undefined field means that nothing is said to the engine.
 */
export interface HardenedService {
    readonly [hardened]: true;
    readonly name: string;
    readonly role: Role;
    readonly image: HardenedImage;
    /** Undefined: the image's own. Never holds a secret's mark: those became files. */
    readonly entrypoint?: readonly string[];
    readonly command?: readonly string[];
    readonly workingDir?: string;
    readonly user?: Identity;
    /** The authors' own word, rendered only where `user` is undefined. */
    readonly userName?: string;
    readonly supplementaryGroups: readonly number[];
    /** Never holds a secret. */
    readonly environment: Readonly<Record<string, string>>;
    readonly readOnlyRoot: boolean;
    readonly mounts: readonly Mount[];
    readonly dropAllCapabilities: boolean;
    /** Added on top; without the `CAP_` prefix. */
    readonly capabilities: readonly string[];
    readonly privileged: boolean;
    /** Namespaces shared with the host or another container, as Compose writes them (`host`, `service:x`); normally all undefined. */
    readonly namespaces: { readonly network?: string; readonly pid?: string; readonly ipc?: string; readonly uts?: string; readonly user?: string; readonly cgroupParent?: string };
    readonly noNewPrivileges: boolean;
    /** `default` is the engine's own profile, `strict` the toolkit's for a sandbox. */
    readonly seccomp: "default" | "strict" | "unconfined";
    /** Name of a loaded AppArmor profile; undefined: the engine's `docker-default` where the host has AppArmor. */
    readonly apparmor?: string;
    readonly limits: HardenedLimits;
    readonly ulimits: Readonly<Record<string, Ulimit>>;
    readonly sysctls: Readonly<Record<string, string>>;
    readonly shmSizeBytes?: number;
    /** Empty means no network at all (`network_mode: none`). */
    readonly networks: readonly NetworkAttachment[];
    /** Only the edge's, or loopback ones where the exposure is local. */
    readonly publishes: readonly PublishedPort[];
    /** Ports that the service listens on inside its networks. */
    readonly listens: readonly ContainerPort[];
    readonly dependsOn: readonly Dependency[];
    readonly health?: HealthCheck;
    readonly restart?: string;
    readonly stopSignal?: string;
    readonly stopGraceMs?: number;
    readonly init: boolean;
    readonly tty: boolean;
    readonly stdinOpen: boolean;
    readonly hostname?: string;
    readonly dns: readonly string[];
    readonly dnsSearch: readonly string[];
    readonly dnsOptions: readonly string[];
    readonly extraHosts: readonly string[];
    readonly labels: Readonly<Record<string, string>>;
    /** Bounds of the json-file logs. */
    readonly logs?: { readonly maxSizeMiB: number; readonly maxFiles: number };
    readonly secretFiles: readonly SecretFile[];
    readonly configFiles: readonly ConfigFile[];
    readonly deviceRequests: readonly DeviceRequest[];
    readonly devices: readonly string[];
    readonly platform?: string;
    readonly runtime?: string;
    readonly replicas: number;
}

export interface HardenedImage {
    /** What runs: `repository:tag`, with `@sha256:…` where it is pinned. */
    readonly reference: string;
    readonly digest?: string;
    /** Where the image is built from source instead of pulled. */
    readonly build?: Build;
}

export interface Identity {
    readonly uid: number;
    readonly gid: number;
}

export interface HardenedLimits {
    readonly memoryBytes?: number;
    /** Equal to memory: no swap. */
    readonly memorySwapBytes?: number;
    readonly memoryReservationBytes?: number;
    readonly cpus?: number;
    readonly pids?: number;
}

/** A secret as a file on memory-backed storage, mode 0400 and owned by the service's user. */
export interface SecretFile {
    /** Name of a secret of the application. */
    readonly secret: string;
    /** Absolute path, `/run/secrets/<secret>` unless the application's own file says otherwise. */
    readonly target: string;
}

/** A file of configuration, not secret; read-only in the container. */
export interface ConfigFile {
    readonly target: string;
    /** Absolute path on the machine that deploys, or the content itself. */
    readonly file?: string;
    readonly content?: string;
    readonly mode: number;
}

export interface HardenedNetwork {
    readonly key: string;
    readonly name: string;
    /** No route to the outside. Only the edge's own network has one. */
    readonly internal: boolean;
    readonly external: boolean;
    readonly subnets: readonly string[];
    /** Options of the bridge driver, e.g. no masquerading where a port is published on the loopback address only. */
    readonly driverOpts?: Readonly<Record<string, string>>;
}

export interface HardenedVolume {
    readonly key: string;
    readonly name: string;
    readonly external: boolean;
    readonly driver?: string;
    readonly driverOpts: Readonly<Record<string, string>>;
    /** Who must own the volume's root where the image does not already give it the right owner. */
    readonly owner?: Identity;
}

/** Where a secret's value comes from. A value itself is in no model. */
export type SecretSource =
    | { readonly kind: "generated"; readonly length: number; readonly alphabet: "alphanumeric" | "hex" }
    | { readonly kind: "given"; readonly configKey: string }
    | { readonly kind: "file"; readonly file: string }
    /**
     * One half of a certificate that the toolkit's own authority issues when it deploys (`issueCertificate` in
     * infra/edge); it follows from the seed, which is another secret, 64 hex digits.
     */
    | { readonly kind: "certificate"; readonly part: "chain" | "key"; readonly hosts: readonly string[]; readonly seed: string }
    /** Text around other secrets, e.g. a connection URL: a marked text (see text.ts). */
    | { readonly kind: "composed"; readonly template: string };

export interface HardenedSecret {
    readonly name: string;
    readonly source: SecretSource;
}

/** A difference from what the authors wrote, for the report. */
export interface Change {
    readonly service?: string;
    /** The measure's name, e.g. `drop-capabilities`. */
    readonly measure: string;
    readonly kind: "closed" | "opened";
    /** e.g. `port 3306 on every address`, `capability NET_ADMIN`. */
    readonly what: string;
    /** Why, for what was opened: the operator's words, or the known need of the image with its source. */
    readonly reason?: string;
}

/** A finding that somebody answers for, until a day (YYYY-MM-DD). */
export interface DeclaredExemption {
    readonly rule: string;
    readonly service?: string;
    readonly reason: string;
    readonly owner?: string;
    readonly expires?: string;
}

/** The whole application after `harden`. */
export interface HardenedApplication {
    readonly name: string;
    readonly directory: string;
    readonly environment: Environment;
    readonly exposure: "edge" | "local";
    readonly services: readonly HardenedService[];
    readonly networks: readonly HardenedNetwork[];
    readonly volumes: readonly HardenedVolume[];
    readonly secrets: readonly HardenedSecret[];
    readonly changes: readonly Change[];
    /** Findings that the operator answers for, as declared. */
    readonly exemptions: readonly DeclaredExemption[];
    /** What does not stop a preview but stops a deployment to production, e.g. an image without a digest. */
    readonly beforeProduction: readonly Problem[];
}
