/** What is known of a well-known image. Every figure has its source. */
export interface ImageFact {
    /** Repositories without a registry for Docker Hub (`mysql`, `bitnami/redis`), with it elsewhere (`quay.io/minio/minio`). */
    readonly repositories: readonly string[];
    /** Which tags the fact is of, by a regular expression on the tag; undefined: all. */
    readonly tags?: RegExp;
    readonly role: "edge" | "application" | "data" | "cache" | "queue" | "sandbox" | "job";
    /** Numeric uid and gid under which the image runs without root (its own user, or any where it allows any). */
    readonly user: { readonly uid: number; readonly gid: number };
    /** The image's own ENTRYPOINT and CMD, needed where the toolkit must wrap them. */
    readonly entrypoint: readonly string[];
    readonly command: readonly string[];
    readonly workingDir?: string;
    readonly writable: readonly WritablePath[];
    /** Capabilities it cannot do without, when it runs as `user` (without `CAP_`). Nearly always none. */
    readonly capabilities: readonly string[];
    /** Ports that it listens on with its defaults. */
    readonly ports: readonly { readonly port: number; readonly protocol: "tcp" | "udp"; readonly purpose: string }[];
    /** Variables that hold a secret, with the variable that takes a file's path instead, where the image knows one. */
    readonly secrets: readonly { readonly variable: string; readonly fileVariable?: string }[];
    /** A health check that the image can run by itself (its own tools). */
    readonly health?: readonly string[];
    /** Memory that it needs at least and processes that it may have at most, where the default would break it. */
    readonly memoryMiB?: number;
    readonly pids?: number;
    /** Why anything unusual is so, short. */
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
    /** Whether the image's directory already belongs to `user`, so that a new volume inherits it. */
    readonly owned: boolean;
}
