/** A JSON object as an engine's API sent it. */
export type Sent = Readonly<Record<string, unknown>>;

/** A file that decides who commands an engine. */
export interface EngineFile {
    readonly path: string;
    /** What it is to the engine. */
    readonly what: "certificate" | "key" | "settings" | "socket" | "unit";
    /** A folder is one of them where files in it are looked up by name. */
    readonly folder?: boolean;
    readonly owner: number;
    readonly group: string;
    /** Permission bits as chmod(1) takes them, e.g. `660`. */
    readonly mode: string;
}

/** What only the engine's host tells. */
export interface EngineHost {
    /** Whether the engine's data is on a file system of its own. */
    readonly separateData?: boolean;
    /** Users who may command the engine without being root. */
    readonly commanders?: readonly string[];
    /** Paths that the kernel's audit watches. */
    readonly audited?: readonly string[];
}

/** What a Docker engine says of itself and of what it runs; every part as its API has it, but for the last three. */
export interface EngineFacts {
    /** `docker info`, which also names the engine. */
    readonly info: Sent;
    readonly version?: Sent;
    /** What `docker inspect` says, a container each. */
    readonly containers?: readonly Sent[];
    readonly networks?: readonly Sent[];
    readonly volumes?: readonly Sent[];
    readonly images?: readonly Sent[];
    readonly services?: readonly Sent[];
    /** Commands that run inside containers beside their own. */
    readonly execs?: readonly Sent[];
    readonly swarm?: Sent;
    /** The daemon's configuration file with its command line laid over, in the file's words. */
    readonly config?: Sent;
    readonly files?: readonly EngineFile[];
    readonly host?: EngineHost;
}
