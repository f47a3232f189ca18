import { type SecretBook, type Variables, markOwn } from "./env/secrets";
import { environmentFiles, resolveEnvironment } from "./env/service-environment";
import { checkConsistency } from "./check/consistency";
import { FaultError, type Fault, collect } from "./fault";
import { type Data, type DataObject, EXTENSIONS, bare, deepInOrder, plainData } from "./typed/kind";
import { gatherExtensions } from "./typed/extensions";
import { PROJECT_KINDS, TOP_KEYS, type TopKey } from "./typed/project";
import type { Session } from "./session";
import type { Mapping } from "./value";

/** The typed project: the entries of each top-level key, those of services and jobs that no profile enables apart. */
export interface TypedProject {
    readonly name: string;
    readonly parts: Record<TopKey, DataObject>;
    readonly disabled: { readonly services: DataObject; readonly jobs: DataObject };
    readonly extensions: DataObject;
}

/**
 * Gives a canonical model its types, enables what the profiles enable, checks that the parts fit together, resolves
 * environments and drops what nothing uses.
 * @throws FaultError
 */
export function typeProject(
    model: Mapping, name: string, profiles: readonly string[], variables: Variables, session: Pick<Session, "book" | "envPlaces" | "filesRead">,
): TypedProject {
    const { book } = session;
    gatherExtensions(model);
    const parts = decodeParts(model);
    const services = split(parts.services, profiles);
    const jobs = split(parts.jobs, profiles);
    const project: TypedProject = {
        name, parts: { ...parts, services: services.enabled, jobs: jobs.enabled },
        disabled: { services: services.disabled, jobs: jobs.disabled },
        extensions: plainData(model.get(EXTENSIONS) ?? new Map()) as DataObject,
    };
    checkConsistency(project);
    const faults: Fault[] = [];
    for (const [service, data] of Object.entries(project.parts.services)) {
        session.filesRead.push(...environmentFiles(data as DataObject, ["services", service]));
        collect(faults, () => { resolveEnvironment(data as DataObject, ["services", service], variables, book, session.envPlaces); });
    }
    if (faults.length > 0) {
        throw new FaultError(faults);
    }
    markSecrets(project, book);
    return pruned(project);
}

function decodeParts(model: Mapping): Record<TopKey, DataObject> {
    const faults: Fault[] = [];
    const parts = Object.fromEntries(TOP_KEYS.map(key => [key, bare([])])) as Record<TopKey, DataObject>;
    for (const key of TOP_KEYS) {
        const value = model.get(key) ?? null;
        if (value !== null) {
            collect(faults, () => { parts[key] = bare(Object.entries(PROJECT_KINDS[key].decode(value, [key]) as DataObject)); });
        }
    }
    if (faults.length > 0) {
        throw new FaultError(faults);
    }
    return parts;
}

function split(entries: DataObject, profiles: readonly string[]): { enabled: DataObject; disabled: DataObject } {
    const active = (entry: Data): boolean => {
        const own = ((entry as DataObject)["profiles"] ?? []) as string[];
        return own.length === 0 || profiles.includes("*") || own.some(profile => profiles.includes(profile));
    };
    const all = Object.entries(entries);
    return {
        enabled: bare(all.filter(([, entry]) => active(entry))),
        disabled: bare(all.filter(([, entry]) => !active(entry))),
    };
}

function markSecrets(project: TypedProject, book: SecretBook | undefined): void {
    if (book === undefined) {
        return;
    }
    for (const [service, data] of Object.entries(project.parts.services)) {
        const environment = (data as DataObject)["environment"] as Record<string, string | null> | undefined;
        for (const [name, value] of Object.entries(environment ?? {})) {
            (environment as Record<string, string | null>)[name] = markOwn(book, service, name, value);
        }
    }
}

/** Networks, volumes, secrets, configs and models that a service uses are kept, others dropped. */
function pruned(project: TypedProject): TypedProject {
    const used: Record<"networks" | "volumes" | "secrets" | "configs" | "models", Set<string>> =
        { networks: new Set(), volumes: new Set(), secrets: new Set(), configs: new Set(), models: new Set() };
    for (const service of Object.values(project.parts.services) as DataObject[]) {
        const sources = (list: Data | undefined): string[] => ((list ?? []) as DataObject[]).map(entry => String(entry["source"] ?? ""));
        const keys = (map: Data | undefined): string[] => Object.keys((map ?? {}) as DataObject);
        const add = (kind: keyof typeof used, names: readonly string[]): void => { names.forEach(name => used[kind].add(name)); };
        add("networks", keys(service["networks"]));
        add("models", keys(service["models"]));
        add("volumes", sources(((service["volumes"] ?? []) as DataObject[]).filter(mount => mount["type"] === "volume")));
        add("secrets", sources(service["secrets"]));
        add("secrets", sources((service["build"] as DataObject | undefined)?.["secrets"]));
        add("configs", sources(service["configs"]));
    }
    const kept = Object.fromEntries(Object.entries(used).map(([kind, names]) =>
        [kind, bare(Object.entries(project.parts[kind as TopKey]).filter(([name]) => names.has(name)))]));
    return { ...project, parts: { ...project.parts, ...kept } as Record<TopKey, DataObject> };
}

/** The project as `docker compose config --format json` prints it, before each `$` is doubled. */
export function projectJson(project: TypedProject): DataObject {
    const json: DataObject = { name: project.name };
    for (const key of TOP_KEYS) {
        // Docker Compose leaves models out of its JSON.
        const written = key === "models" ? undefined : PROJECT_KINDS[key].write(project.parts[key], "json");
        if (written !== undefined || key === "services") {
            json[key] = withoutContent(key, written ?? {});
        }
    }
    const all: DataObject = { ...json, ...project.extensions };
    return Object.fromEntries(Object.keys(all).sort().map(key => [key, all[key] as Data]));
}

/** The project as `docker compose config` prints it as YAML. */
export function projectYaml(project: TypedProject): DataObject {
    const yaml: DataObject = { name: project.name };
    for (const key of TOP_KEYS) {
        const written = PROJECT_KINDS[key].write(project.parts[key], "yaml");
        if (written !== undefined || key === "services") {
            yaml[key] = key === "jobs" ? withNames(written ?? {}) : withoutContent(key, written ?? {});
        }
    }
    return { ...yaml, ...deepInOrder(project.extensions) as DataObject };
}

/** In YAML, and there only, a job tells its name. */
function withNames(jobs: Data): Data {
    return Object.fromEntries(Object.entries(jobs as DataObject).map(([name, job]) => [name, { name, ...job as DataObject }]));
}

/** The content of a config that is taken from a variable is not written out. */
function withoutContent(key: TopKey, written: Data): Data {
    if (key !== "configs") {
        return written;
    }
    return Object.fromEntries(Object.entries(written as DataObject).map(([name, config]) => {
        const { content, ...rest } = config as DataObject;
        return [name, content === undefined || rest["environment"] !== undefined ? rest : config as Data];
    }));
}

