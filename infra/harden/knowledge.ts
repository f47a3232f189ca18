import type { Identity, Role } from "../model/hardened";
import type { ContainerPort } from "../model/service";

/** A path that a program must be able to write, whoever said so. */
export interface WritableNeed {
    readonly path: string;
    /** tmpfs: scratch; data: outlives the container; copy: scratch that starts with the image's files. */
    readonly kind: "tmpfs" | "data" | "copy";
    /** Whether the image's directory already belongs to the user that the service runs as. */
    readonly owned: boolean;
    readonly sizeBytes?: number;
    /** Why programs must be run from it. */
    readonly executable?: string;
}

/** What is known of a service beyond its Compose file: declared by the operator, said by its Dockerfile, or a fact of its image. */
export interface Knowledge {
    readonly role: Role;
    readonly roleReason: string;
    readonly user?: Identity;
    /** Why the image cannot do without root, where that is known. */
    readonly rootReason?: string;
    /** The image's own ENTRYPOINT and CMD; undefined where nobody knows them. */
    readonly entrypoint?: readonly string[];
    readonly command?: readonly string[];
    readonly writable: readonly WritableNeed[];
    readonly capabilities: readonly { readonly name: string; readonly reason: string }[];
    readonly ports: readonly ContainerPort[];
    /** Secret variables of the image, with the variable that takes a path instead; undefined where the image is unknown. */
    readonly secretVariables?: ReadonlyMap<string, string | undefined>;
    /** Variables that the image needs to run hardened, e.g. to skip what only root can do. The authors' own win. */
    readonly environment?: Readonly<Record<string, string>>;
    readonly health?: readonly string[];
    readonly memoryMiB?: number;
    readonly pids?: number;
}
