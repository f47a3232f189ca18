/** What is known of a well-known image. Every figure has its source. */
export interface ImageFact {
    /** Repositories without a registry for Docker Hub (`mysql`, `bitnami/redis`), with it elsewhere (`quay.io/minio/minio`). */
    readonly repositories: readonly string[];
    /** Which tags the fact is of, by a regular expression on the tag (`latest` where none is written); undefined: all others. */
    readonly tags?: RegExp;
    readonly role: "edge" | "application" | "data" | "cache" | "queue" | "sandbox" | "job";
    /** Numeric uid and gid under which the image runs without root (its own user, or any where it allows any). */
    readonly user: { readonly uid: number; readonly gid: number };
    /** Its name in the image, for Dockerfiles and Compose files that name it; undefined: it has none, or it is not known. */
    readonly userName?: string;
    /** Why it cannot run without root, where it cannot: `user` is then 0:0 and the operator has to agree. */
    readonly rootReason?: string;
    /** The image's own ENTRYPOINT and CMD, needed where the toolkit must wrap them. */
    readonly entrypoint: readonly string[];
    readonly command: readonly string[];
    readonly workingDir?: string;
    readonly writable: readonly WritablePath[];
    /** Variables that a run as `user` on a read-only root needs, where the service sets none of its own. Never secret. */
    readonly environment?: Readonly<Record<string, string>>;
    /** Capabilities it cannot do without, when it runs as `user` (without `CAP_`). Nearly always none. */
    readonly capabilities: readonly string[];
    /** Ports that it listens on with its defaults. */
    readonly ports: readonly ImagePort[];
    /** Variables that hold a secret, with the variable that takes a file's path instead, where the image knows one. */
    readonly secrets: readonly SecretVariable[];
    /** A health check that the image can run by itself (its own tools), as Compose has it: `["CMD", …]`, `["CMD-SHELL", …]`. */
    readonly health?: readonly string[];
    /** Memory that it needs at least and processes that it may have at most, where the default would break it. */
    readonly memoryMiB?: number;
    readonly pids?: number;
    /** Why anything unusual is so, short; what could not be confirmed begins with `unverified:`. */
    readonly note?: string;
    /** Where the facts are from: URLs of the Dockerfile, entrypoint or manual. */
    readonly sources: readonly string[];
}

export interface WritablePath {
    readonly path: string;
    /**
     * `tmpfs`: scratch; `data`: must outlive the container (a volume); `copy`: scratch that starts with what the image
     * has there (a volume, since a tmpfs would hide it).
     */
    readonly kind: "tmpfs" | "data" | "copy";
    /** Whether the image's directory already belongs to `user`, so that a new volume inherits it. No meaning for a tmpfs. */
    readonly owned: boolean;
    /** The image runs or maps code from there: a tmpfs must not be `noexec`, as the engine makes it unless told. */
    readonly executable?: boolean;
    /** Needed only where the service mounts something at or below this path. */
    readonly whenMounted?: string;
}

export interface ImagePort {
    readonly port: number;
    readonly protocol: "tcp" | "udp";
    readonly purpose: string;
}

export interface SecretVariable {
    readonly variable: string;
    readonly fileVariable?: string;
}

/** Scratch in memory at these paths. */
export function scratch(...paths: string[]): WritablePath[] {
    return paths.map(path => ({ path, kind: "tmpfs", owned: true }));
}

/** Scratch in memory from which the image runs code. */
export function scratchExec(...paths: string[]): WritablePath[] {
    return paths.map(path => ({ path, kind: "tmpfs", owned: true, executable: true }));
}

/** Directories that must outlive the container and belong to the image's user already. */
export function data(...paths: string[]): WritablePath[] {
    return paths.map(path => ({ path, kind: "data", owned: true }));
}

/** Directories that must outlive the container and that the image leaves to root, or does not have. */
export function foreignData(...paths: string[]): WritablePath[] {
    return paths.map(path => ({ path, kind: "data", owned: false }));
}

/** Scratch that starts with what the image has there, belonging to the image's user. */
export function copied(...paths: string[]): WritablePath[] {
    return paths.map(path => ({ path, kind: "copy", owned: true }));
}

/** A TCP port and what for. */
export function tcp(port: number, purpose: string): ImagePort {
    return { port, protocol: "tcp", purpose };
}

/** A UDP port and what for. */
export function udp(port: number, purpose: string): ImagePort {
    return { port, protocol: "udp", purpose };
}

/** Secret variables for each of which the image also reads `<variable>_FILE`. */
export function withFile(...variables: string[]): SecretVariable[] {
    return variables.map(variable => ({ variable, fileVariable: `${variable}_FILE` }));
}

/** Secret variables that the image takes only as values. */
export function valueOnly(...variables: string[]): SecretVariable[] {
    return variables.map(variable => ({ variable }));
}

type Usual = "entrypoint" | "command" | "writable" | "capabilities" | "ports" | "secrets";

/** A fact with the usual left out: no arguments, paths, capabilities, ports or secrets of its own. */
export function fact(known: Omit<ImageFact, Usual> & Partial<Pick<ImageFact, Usual>>): ImageFact {
    return { entrypoint: [], command: [], writable: [], capabilities: [], ports: [], secrets: [], ...known };
}

/** A user and group; the group has the user's number unless another is given. */
export function id(uid: number, gid = uid): ImageFact["user"] {
    return { uid, gid };
}
