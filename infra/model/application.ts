import type { Locate } from "./problem";
import type { Service } from "./service";

/** An application as its authors ship it: what the Compose loader makes and `harden` takes. Plain, readonly data. */
export interface Application {
    /** The Compose project name. */
    readonly name: string;
    /** Absolute path of the project directory. */
    readonly directory: string;
    /** Services of the enabled profiles, by name, in the order of the canonical project (sorted). */
    readonly services: readonly Service[];
    readonly networks: readonly Network[];
    readonly volumes: readonly Volume[];
    readonly secrets: readonly FileSource[];
    readonly configs: readonly FileSource[];
    /** Values of the variables that stand as marks in texts; null where the variable is unset. Never printed. */
    readonly secretValues: Readonly<Record<string, string | null>>;
    /** Where things were written, by path in the Compose project, e.g. `["services", "web", "privileged"]`. */
    readonly locate: Locate;
}

export interface Network {
    /** The key in the Compose file. */
    readonly key: string;
    /** The name on the engine. */
    readonly name: string;
    readonly external: boolean;
    readonly internal: boolean;
    readonly driver?: string;
    readonly driverOpts: Readonly<Record<string, string>>;
    readonly attachable: boolean;
    readonly enableIpv6?: boolean;
    readonly subnets: readonly string[];
    readonly labels: Readonly<Record<string, string>>;
}

export interface Volume {
    readonly key: string;
    readonly name: string;
    readonly external: boolean;
    readonly driver?: string;
    readonly driverOpts: Readonly<Record<string, string>>;
    readonly labels: Readonly<Record<string, string>>;
}

/** A Compose `secrets` or `configs` entry of the top level. */
export interface FileSource {
    readonly key: string;
    readonly name: string;
    readonly external: boolean;
    /** Absolute path of a file. */
    readonly file?: string;
    /** Name of a variable of the environment. */
    readonly environment?: string;
    /** Inline content; a marked text. */
    readonly content?: string;
}
