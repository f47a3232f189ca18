import { edgeContainer } from "../edge/edge-parts";
import type { EdgePlan } from "../edge/plan";
import { planEdge } from "../edge/plan-edge";
import type { Declaration } from "../hardening/definition";
import type { EdgeParts } from "../harden/draft";
import type { Knowledge } from "../harden/knowledge";
import type { Application } from "../model/application";
import type { Change } from "../model/hardened";
import type { Locate, Problem } from "../model/problem";
import { renderNginx } from "../../nginx/render";

/** The edge laid out, for `harden` to place. */
export interface LaidOutEdge {
    readonly plan?: EdgePlan;
    readonly parts?: EdgeParts;
    readonly problems: readonly Problem[];
    readonly changes: readonly Change[];
    readonly notes: readonly string[];
}

/**
 * Plans the edge of an application and turns the plan into the files and secrets of a container.
 * @param directory where hardening.yaml is: its relative paths start there
 */
export function layOutEdge(
    application: Application, declaration: Declaration, knowledge: ReadonlyMap<string, Knowledge>, directory: string, locate: Locate,
): LaidOutEdge {
    const exposure = declaration.exposure ?? "edge";
    if (exposure === "local" && declaration.edge === undefined) {
        return { problems: [], changes: [], notes: [] };
    }
    const result = planEdge({
        ...(declaration.edge && { declaration: declaration.edge }),
        services: application.services.filter(({ name }) => declaration.services?.[name]?.enabled !== false).map(service => ({
            name: service.name,
            role: knowledge.get(service.name)?.role ?? "application",
            published: service.publishes.filter(({ protocol }) => protocol === "tcp").map(({ port, published }) => ({
                port, ...(published !== undefined && /^\d+$/.test(published) && { hostPort: Number(published) }),
            })),
            listens: (knowledge.get(service.name)?.ports ?? []).filter(({ protocol }) => protocol === "tcp").map(({ port }) => port),
        })),
        exposure, directory, locate,
    });
    const { plan, problems, changes, notes } = result;
    if (plan === undefined) {
        return { problems, changes, notes };
    }
    return { plan, parts: edgeContainer(plan, renderNginx(plan)), problems, changes, notes };
}
