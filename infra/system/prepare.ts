import { statSync } from "node:fs";

import type { EdgePlan } from "../edge/plan";
import { environmentOf } from "../harden/environment";
import { harden } from "../harden/harden";
import { inferKnowledge } from "../harden/infer";
import type { Knowledge } from "../harden/knowledge";
import type { HardenedApplication } from "../model/hardened";
import { refuseProblems } from "../model/problem";
import { layOutEdge } from "./edge";
import type { System } from "./load";

export interface PrepareOptions {
    /** The word of the stack's configuration; an unknown one is production. */
    readonly environment?: string;
    /** Whether this is to be deployed: then what must not reach production is refused, not only named. */
    readonly deploying: boolean;
    /** Measures to leave out: for tests and demonstrations. */
    readonly without?: readonly string[];
}

/** A system ready for a target. */
export interface Prepared {
    readonly application: HardenedApplication;
    readonly plan?: EdgePlan;
    readonly knowledge: ReadonlyMap<string, Knowledge>;
    /** What the authors published for each secret variable; only ever compared, never printed. */
    readonly examples: Readonly<Record<string, string | null>>;
    /** What was assumed, for the report. */
    readonly notes: readonly string[];
}

/**
 * Infers, plans the edge and hardens.
 * @throws ProblemsError with every problem of inference, edge and measures together
 */
export function prepare(system: System, options: PrepareOptions): Prepared {
    const { application, declaration, locateDeclared } = system;
    const knowledge = new Map(application.services.map(service => {
        const image = system.lock[declaration.services?.[service.name]?.image ?? service.image ?? ""];
        const dockerfile = system.dockerfiles[service.name];
        return [service.name, inferKnowledge({
            service, declared: declaration.services?.[service.name] ?? {},
            isAwaited: application.services.some(({ dependsOn }) => dependsOn.some(other => other.service === service.name && other.condition === "service_completed_successfully")),
            ...(image && { image }), ...(dockerfile !== undefined && { dockerfile }),
        })];
    }));
    const edge = layOutEdge(application, declaration, knowledge, system.directory, locateDeclared);
    const result = harden({
        application, declaration, locateDeclared, knowledge,
        options: {
            environment: environmentOf(options.environment),
            digests: Object.fromEntries(Object.entries(system.lock).map(([reference, { digest }]) => [reference, digest])),
            ...(edge.parts && { edge: edge.parts }),
            checkout: system.checkout,
            pathKind,
            ...(options.without && { without: options.without }),
        },
    });
    refuseProblems([...edge.problems, ...result.problems]);
    const hardened = withChanges(result.application as HardenedApplication, edge.changes);
    refuseProblems(options.deploying ? hardened.beforeProduction : []);
    return { application: hardened, ...(edge.plan && { plan: edge.plan }), knowledge, examples: application.secretValues, notes: edge.notes };
}

function withChanges(application: HardenedApplication, changes: HardenedApplication["changes"]): HardenedApplication {
    return { ...application, changes: [...application.changes, ...changes] };
}

/** What is at a path of the machine that deploys. */
export function pathKind(path: string): "file" | "directory" | "other" | undefined {
    const stats = statSync(path, { throwIfNoEntry: false });
    return stats === undefined ? undefined : stats.isFile() ? "file" : stats.isDirectory() ? "directory" : "other";
}
