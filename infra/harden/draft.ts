import type { ServiceDeclaration, Declaration } from "../hardening/definition";
import type { Application } from "../model/application";
import type { Change, ConfigFile, Environment, HardenedNetwork, HardenedSecret, HardenedService, HardenedVolume } from "../model/hardened";
import type { Locate, Path, Problem } from "../model/problem";
import type { Service } from "../model/service";
import type { Knowledge } from "./knowledge";

/** The edge as plain data, laid out before the measures run: what it is made of is not for `harden` to know. */
export interface EdgeParts {
    readonly image: string;
    /** Services that it passes requests to. */
    readonly upstreams: readonly string[];
    readonly files: readonly ConfigFile[];
    /** With the file where the edge reads it; without one where it is only needed to make another. */
    readonly secrets: readonly { readonly secret: HardenedSecret; readonly target?: string }[];
    readonly user: { readonly uid: number; readonly gid: number };
    readonly ports: readonly { readonly published: number; readonly port: number; readonly hostIp?: string }[];
    readonly writable: readonly string[];
    readonly health?: readonly string[];
}

/** What a run of `harden` is given besides the application. */
export interface HardenOptions {
    readonly environment: Environment;
    /** Digest of each image reference that is pinned. */
    readonly digests: Readonly<Record<string, string>>;
    readonly edge?: EdgeParts;
    /** The authors' checkout, whose files may be mounted read-only; the project directory unless said. */
    readonly checkout?: string;
    /** What stands at a path of the deploying machine: decides between a file, a directory and data yet to be written. */
    readonly pathKind: (path: string) => "file" | "directory" | "other" | undefined;
    /** Measures to leave out, by name. For tests and demonstrations only: no command offers it for a deployment. */
    readonly without?: readonly string[];
}

/** A service on its way through the measures. */
export interface DraftService {
    readonly source: Service;
    readonly declared: ServiceDeclaration;
    readonly known: Knowledge;
    readonly spec: ServiceSpec;
}

/** The fields of a hardened service, before `harden` vouches for them. */
export type ServiceSpec = { [Key in keyof HardenedService as Key extends symbol ? never : Key]: HardenedService[Key] };

/** Everything that the measures pass on from one to the next. */
export interface Draft {
    readonly application: Application;
    readonly declaration: Declaration;
    readonly options: HardenOptions;
    /** Finds a line of hardening.yaml. */
    readonly locateDeclared: Locate;
    readonly services: readonly DraftService[];
    readonly networks: readonly HardenedNetwork[];
    readonly volumes: readonly HardenedVolume[];
    readonly secrets: readonly HardenedSecret[];
    readonly changes: readonly Change[];
    readonly problems: readonly Problem[];
    readonly beforeProduction: readonly Problem[];
}

/** One step of `harden`. */
export interface Measure {
    /** Imperative, e.g. `drop-capabilities`; also the word in the report. */
    readonly name: string;
    readonly apply: (draft: Draft) => Draft;
}

/** What a measure says about one service. */
export interface Outcome {
    readonly spec?: Partial<ServiceSpec>;
    readonly closed?: readonly string[];
    readonly opened?: readonly { readonly what: string; readonly reason: string }[];
    readonly problems?: readonly Problem[];
    readonly beforeProduction?: readonly Problem[];
    readonly volumes?: readonly HardenedVolume[];
}

/**
 * Makes a measure from a function over single services.
 */
export function perService(name: string, decide: (service: DraftService, draft: Draft) => Outcome): Measure {
    return {
        name,
        apply: draft => draft.services.reduce((done, service, index) => {
            const outcome = decide(service, done);
            const services = done.services.with(index, { ...service, spec: { ...service.spec, ...outcome.spec } });
            return record({ ...done, services }, name, service.source.name, outcome);
        }, draft),
    };
}

/** Adds what a measure closed, opened, found wrong or made to the draft. */
export function record(draft: Draft, measure: string, service: string | undefined, outcome: Outcome): Draft {
    const about = { measure, ...(service !== undefined && { service }) };
    return {
        ...draft,
        changes: [
            ...draft.changes,
            ...(outcome.closed ?? []).map(what => ({ ...about, kind: "closed" as const, what })),
            ...(outcome.opened ?? []).map(({ what, reason }) => ({ ...about, kind: "opened" as const, what, reason })),
        ],
        problems: [...draft.problems, ...(outcome.problems ?? [])],
        beforeProduction: [...draft.beforeProduction, ...(outcome.beforeProduction ?? [])],
        volumes: [...draft.volumes, ...(outcome.volumes ?? [])],
    };
}

/** A problem with a key of a service in the Compose file, at its place. */
export function serviceProblem(draft: Draft, service: string, path: Path, problem: Omit<Problem, "place" | "subject">): Problem {
    const full = ["services", service, ...path];
    const inCompose = draft.application.services.some(({ name }) => name === service);
    const place = inCompose ? nearestPlace(draft.application.locate, full) : undefined;
    const subject = full.map((step, at) => typeof step === "number" ? `[${step}]` : at === 0 ? step : `.${step}`).join("");
    return { ...(place && { place }), subject, ...problem };
}

function nearestPlace(locate: Locate, path: Path) {
    for (let length = path.length; length > 0; length--) {
        const place = locate(path.slice(0, length));
        if (place !== undefined) {
            return place;
        }
    }
    return undefined;
}
