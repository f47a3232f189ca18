import { isAbsolute, resolve } from "node:path";

import type { EdgeDeclaration, RouteDeclaration, TlsDeclaration } from "../model/edge-declaration";
import type { Change } from "../model/hardened";
import type { Locate, Problem } from "../model/problem";
import { EDGE_HTTPS_PORT, EDGE_HTTP_PORT } from "./constants";
import { inferRoute } from "./infer-route";
import type { EdgeService } from "./infer-route";
import type { EdgeCertificate, EdgePlan, HeaderValues } from "./plan";
import { planHeaders, safeHeaders } from "./plan-headers";
import type { HeaderOverrides } from "./plan-headers";
import { planRateLimits } from "./plan-limits";
import { planRoutes, planUploads, sortRoutes } from "./plan-routes";
import { reportTo } from "./report";
import type { Report } from "./report";
import { isHost } from "./words";

export interface EdgeInput {
    /** Undefined where hardening.yaml has no `edge`. */
    readonly declaration?: EdgeDeclaration;
    readonly services: readonly EdgeService[];
    /** `local` publishes on the host's loopback address only. */
    readonly exposure: "edge" | "local";
    /** Absolute directory of hardening.yaml: relative paths start there. */
    readonly directory: string;
    /** Where things were written in hardening.yaml, by path from its root, e.g. `["edge", "hosts", 0]`. */
    readonly locate: Locate;
}

export interface EdgeResult {
    /** Missing where there are problems, and where no service was published and no edge declared. */
    readonly plan?: EdgePlan;
    readonly problems: readonly Problem[];
    /** What was opened by a declaration, with its reason. */
    readonly changes: readonly Change[];
    /** What was assumed for want of a declaration, in a sentence each. */
    readonly notes: readonly string[];
}

/** Sections that have their types and no realisation: to ignore one would leave open what its author believes closed. */
const NOT_YET = ["cors", "waf", "authentication", "trusted_proxies", "access_log"] as const;

/** Decides what the edge does. Pure; reads no file (see certificate-files.ts for the certificate's). */
export function planEdge(input: EdgeInput): EdgeResult {
    const { declaration = {}, services, locate } = input;
    const problems: Problem[] = [];
    const changes: Change[] = [];
    const notes: string[] = [];
    const report = reportTo(problems, locate);
    const declaredRoutes = declaration.routes ?? inferRoutes(input, report, notes);
    if (declaredRoutes === undefined && input.declaration === undefined) {
        return { problems, changes, notes };
    }
    refuseUnrealised(declaration, report);
    const routes = planRoutes(declaredRoutes ?? [], services, report, changes);
    const overrides = planHeaders(declaration.headers, ["headers"], report, changes);
    const plan: EdgePlan = {
        proxy: declaration.proxy ?? "nginx",
        ...planSockets(input),
        hosts: planHosts(declaration.hosts, report, notes).map(name => ({ name, listener: "main" })),
        routes: sortRoutes(planUploads(declaration.uploads ?? [], routes, report)),
        certificate: planCertificate(declaration.tls ?? {}, input.directory, report),
        headers: withOverrides(safeHeaders(), overrides),
        rateLimits: planRateLimits(declaration.rate_limits ?? [], report),
        trustedProxies: [],
    };
    return problems.length > 0 ? { problems, changes, notes } : { plan, problems, changes, notes };
}

function inferRoutes(input: EdgeInput, report: Report, notes: string[]): readonly RouteDeclaration[] | undefined {
    const inferred = inferRoute(input.services);
    if (inferred.kind === "route") {
        const { service, port } = inferred.route;
        notes.push(`edge.routes is not declared: / goes to ${service}:${port}, the service that its authors published`);
        return [inferred.route];
    }
    if (inferred.kind === "ambiguous") {
        const [first] = inferred.choices;
        report(["routes"], "is not declared and more than one service was published", {
            got: inferred.choices.map(({ service, port }) => `${service}:${port}`).join(", "),
            remedy: `write routes: [{ path: /, service: ${first?.service}, port: ${first?.port} }]`,
        });
        return [];
    }
    if (input.declaration !== undefined) {
        report(["routes"], "is not declared and no service was published", {
            remedy: "write routes: [{ path: /, service: <name>, port: <number> }]",
        });
    }
    return undefined;
}

function refuseUnrealised(declaration: EdgeDeclaration, report: Report): void {
    for (const section of NOT_YET) {
        if (declaration[section] !== undefined) {
            report([section], "is not yet supported by this version", { remedy: "remove it" });
        }
    }
    if (declaration.proxy === "traefik") {
        report(["proxy"], "is not yet supported by this version", { got: "traefik", remedy: "use nginx" });
    }
}

function planSockets({ declaration = {}, exposure }: EdgeInput): Pick<EdgePlan, "listeners" | "httpRedirect"> {
    const address = exposure === "local" ? { hostIp: "127.0.0.1" } : {};
    const profile = declaration.tls?.profile ?? "intermediate";
    return {
        listeners: [{ name: "main", profile, containerPort: EDGE_HTTPS_PORT, publishedPort: 443, ...address }],
        httpRedirect: declaration.redirect_http === false
            ? undefined
            : { containerPort: EDGE_HTTP_PORT, publishedPort: 80, ...address },
    };
}

function planHosts(declared: readonly string[] | undefined, report: Report, notes: string[]): string[] {
    if (declared === undefined) {
        notes.push("edge.hosts is not declared: only https://localhost is answered, every other name is refused");
        return ["localhost"];
    }
    if (declared.length === 0) {
        report(["hosts"], "is empty", { remedy: "name the hosts, e.g. [app.example.com], or remove it for localhost" });
    }
    const names = declared.map(name => name.toLowerCase());
    names.forEach((name, index) => {
        if (!isHost(name)) {
            report(["hosts", index], "is not a host name", {
                got: declared[index],
                remedy: "write a DNS name such as app.example.com (clients send no name for an address), in punycode",
            });
        } else if (names.indexOf(name) < index) {
            report(["hosts", index], "is declared twice", { got: declared[index], remedy: "keep one of them" });
        }
    });
    return names;
}

function planCertificate(tls: TlsDeclaration, directory: string, report: Report): EdgeCertificate {
    const mode = tls.certificate ?? "internal";
    if (mode === "acme" || mode === "vault") {
        report(["tls", "certificate"], "is not yet supported by this version", { got: mode, remedy: "use internal or files" });
        return { mode: "internal" };
    }
    for (const key of ["certificate_file", "key_file"] as const) {
        if (mode === "files" && tls[key] === undefined) {
            report(["tls", key], "is not declared", { remedy: "name the PEM file, or use certificate: internal" });
        } else if (mode === "internal" && tls[key] !== undefined) {
            report(["tls", key], "is only used with certificate: files", { got: tls[key], remedy: "remove it, or write certificate: files" });
        }
    }
    const absolute = (file = ""): string => isAbsolute(file) ? file : resolve(directory, file);
    return mode === "internal"
        ? { mode }
        : { mode, certificateFile: absolute(tls.certificate_file), keyFile: absolute(tls.key_file) };
}

function withOverrides(safe: HeaderValues, overrides: HeaderOverrides): HeaderValues {
    return Object.fromEntries(Object.entries({ ...safe, ...overrides }).filter(entry => entry[1] !== null));
}
