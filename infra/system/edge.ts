import {
    EDGE_CERTIFICATE_FILE, EDGE_CERTIFICATE_SECRET, EDGE_HEALTH_TEST, EDGE_IMAGE, EDGE_KEY_FILE, EDGE_KEY_SECRET, EDGE_USER, EDGE_WRITABLE,
} from "../edge/constants";
import { checkCertificateFiles } from "../edge/certificate-files";
import type { EdgePlan } from "../edge/plan";
import { planEdge } from "../edge/plan-edge";
import type { Declaration } from "../hardening/definition";
import type { EdgeParts } from "../harden/draft";
import type { Knowledge } from "../harden/knowledge";
import type { Application } from "../model/application";
import type { Change, HardenedSecret } from "../model/hardened";
import type { Locate, Problem } from "../model/problem";
import { renderNginx } from "../../nginx/render";

/** What the internal authority's keys are derived from: 256 bits, in hex. */
const AUTHORITY_SEED: HardenedSecret = { name: "edge-authority-seed", source: { kind: "generated", length: 64, alphabet: "hex" } };

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
            published: service.publishes.filter(({ protocol }) => protocol === "tcp").map(({ port, published, hostIp }) => ({
                port, ...(published !== undefined && /^\d+$/.test(published) && { hostPort: Number(published) }), ...(hostIp !== undefined && { hostIp }),
            })),
            listens: (knowledge.get(service.name)?.ports ?? []).filter(({ protocol }) => protocol === "tcp").map(({ port }) => port),
        })),
        exposure, directory, locate,
    });
    const { plan, problems, changes, notes } = result;
    if (plan === undefined) {
        return { problems, changes, notes };
    }
    return { plan, parts: partsOf(plan), problems: checkCertificateFiles(plan, new Date(), locate), changes, notes };
}

/** The edge as a container: what a target must run for the plan to come true. */
function partsOf(plan: EdgePlan): EdgeParts {
    const sockets = [...plan.listeners, ...(plan.httpRedirect ? [plan.httpRedirect] : [])];
    return {
        image: EDGE_IMAGE,
        upstreams: [...new Set(plan.routes.map(({ upstream }) => upstream.service))].sort(),
        files: renderNginx(plan).map(({ path, content, mode }) => ({ target: path, content, mode })),
        secrets: certificateSecrets(plan),
        user: EDGE_USER,
        ports: sockets.map(({ publishedPort, containerPort, hostIp }) => ({ published: publishedPort, port: containerPort, ...(hostIp !== undefined && { hostIp }) })),
        writable: EDGE_WRITABLE,
        health: EDGE_HEALTH_TEST,
    };
}

function certificateSecrets({ certificate, hosts }: EdgePlan): EdgeParts["secrets"] {
    const both = (chain: HardenedSecret["source"], key: HardenedSecret["source"]): EdgeParts["secrets"] => [
        { secret: { name: EDGE_CERTIFICATE_SECRET, source: chain }, target: EDGE_CERTIFICATE_FILE },
        { secret: { name: EDGE_KEY_SECRET, source: key }, target: EDGE_KEY_FILE },
    ];
    if (certificate.mode === "files") {
        return both({ kind: "file", file: certificate.certificateFile }, { kind: "file", file: certificate.keyFile });
    }
    if (certificate.mode !== "internal") {
        throw new Error(`a plan with certificates by ${certificate.mode} has no realisation in this version`);
    }
    const half = (part: "chain" | "key"): HardenedSecret["source"] => ({ kind: "certificate", part, hosts: hosts.map(({ name }) => name), seed: AUTHORITY_SEED.name });
    return [{ secret: AUTHORITY_SEED }, ...both(half("chain"), half("key"))];
}
