import type { RouteDeclaration, UploadDeclaration } from "../model/edge-declaration";
import type { Change, Role } from "../model/hardened";
import type { Path } from "../model/problem";
import { DEFAULT_MAX_REQUEST_BYTES, READ_MS, STREAM_READ_MS, WEBSOCKET_READ_MS } from "./constants";
import type { EdgeService } from "./infer-route";
import { planHeaders } from "./plan-headers";
import type { EdgeRoute, EdgeTimeouts, EdgeUpstream } from "./plan";
import type { Report } from "./report";
import { parseSize, parseTime } from "./units";
import { isPath, isPort, isServiceName } from "./words";

/** A route would put the service on one network with the edge: what keeps data, or runs foreign code, stays apart. */
const OUT_OF_REACH: readonly Role[] = ["data", "cache", "queue", "sandbox"];
const LARGEST_REQUEST_BYTES = 100e9;
const LONGEST_SILENCE_MS = 24 * 3_600_000;

/** Reads `routes`: each that is right becomes a route, each that is not a problem or more. */
export function planRoutes(
    declared: readonly RouteDeclaration[], services: readonly EdgeService[], report: Report, changes: Change[],
): EdgeRoute[] {
    const routes: EdgeRoute[] = [];
    declared.forEach((route, index) => {
        const at: Path = ["routes", index];
        const match = route.match ?? "prefix";
        if (!checkPath(route.path, [...at, "path"], report)) {
            return;
        }
        if (routes.some(other => isSame(other, { path: route.path, match }))) {
            report([...at, "path"], "is declared twice", { got: route.path, remedy: "keep one of them" });
            return;
        }
        const upstream = planUpstream(route, services, at, report);
        const maxRequestBytes = readSize(route.max_request, [...at, "max_request"], report);
        const timeouts = planTimeouts(route, [...at, "timeout"], report);
        const headers = planHeaders(route.headers, [...at, "headers"], report, changes);
        if (upstream !== undefined) {
            const { stream = false, websocket = false } = route;
            routes.push({ path: trimSlash(route.path), match, upstream, stream, websocket, timeouts, maxRequestBytes, headers });
        }
    });
    return routes;
}

/**
 * Reads `uploads`: an upload's path is a route of its own with the service of the route that covers it, for a limit of
 * the body belongs to a route.
 */
export function planUploads(declared: readonly UploadDeclaration[], routes: readonly EdgeRoute[], report: Report): EdgeRoute[] {
    const result = [...routes];
    declared.forEach((upload, index) => {
        const at: Path = ["uploads", index];
        const match = upload.match ?? "prefix";
        for (const key of ["max_file", "max_files", "types"] as const) {
            if (upload[key] !== undefined) {
                report([...at, key], "is not yet supported by this version", { remedy: "remove it" });
            }
        }
        if (!checkPath(upload.path, [...at, "path"], report)) {
            return;
        }
        const path = trimSlash(upload.path);
        const cover = coveringRoute(path, routes);
        if (cover === undefined) {
            report([...at, "path"], "is on no route", { got: upload.path, remedy: "add a route that covers it to edge.routes" });
            return;
        }
        const maxRequestBytes = readSize(upload.max_request, [...at, "max_request"], report);
        const same = result.findIndex(route => isSame(route, { path, match }));
        result.splice(same < 0 ? result.length : same, same < 0 ? 0 : 1, { ...cover, path, match, maxRequestBytes });
    });
    return result;
}

/** The most particular path first; of two matches of one path the exact one. */
export function sortRoutes(routes: readonly EdgeRoute[]): EdgeRoute[] {
    return [...routes].sort((a, b) =>
        b.path.length - a.path.length || a.path.localeCompare(b.path, "en") || a.match.localeCompare(b.match, "en"));
}

/** Whether it is a path; reports what it is not. */
export function checkPath(path: string, at: Path, report: Report): boolean {
    if (isPath(path)) {
        return true;
    }
    report(at, "is not a path", {
        got: path, remedy: "write it absolute, of letters, digits and /_.~+,=:@-, without dot segments, escapes or query",
    });
    return false;
}

/** `/v1/` and `/v1` mean the same prefix. */
export function trimSlash(path: string): string {
    return path.length > 1 ? path.replace(/\/$/, "") : path;
}

function coveringRoute(path: string, routes: readonly EdgeRoute[]): EdgeRoute | undefined {
    return sortRoutes(routes).find(route => route.path === path
        || route.match === "prefix" && path.startsWith(route.path === "/" ? "/" : `${route.path}/`));
}

function isSame(route: EdgeRoute, other: { readonly path: string; readonly match: string }): boolean {
    return route.path === trimSlash(other.path) && route.match === other.match;
}

function planUpstream(
    route: RouteDeclaration, services: readonly EdgeService[], at: Path, report: Report,
): EdgeUpstream | undefined {
    const service = services.find(({ name }) => name === route.service);
    if (service === undefined || !isServiceName(route.service)) {
        const known = services.map(({ name }) => name).join(", ");
        report([...at, "service"], "is not a service of the application", { got: route.service, remedy: `use one of ${known}` });
        return undefined;
    }
    if (OUT_OF_REACH.includes(service.role)) {
        report([...at, "service"], `is of role ${service.role}, which the edge does not meet`, {
            got: service.name, remedy: `route to an application, or write services: { ${service.name}: { role: application } }`,
        });
        return undefined;
    }
    const ports = new Set([...service.published.map(({ port }) => port), ...service.listens]);
    const port = route.port ?? (ports.size === 1 ? [...ports][0] : undefined);
    if (port === undefined) {
        const got = ports.size === 0 ? "none known" : [...ports].join(", ");
        report(at, "names no port and the service does not listen on exactly one", { got, remedy: "write port: <number>" });
        return undefined;
    }
    if (!isPort(port)) {
        report([...at, "port"], "is not a port", { got: port, remedy: "write a number from 1 to 65535" });
        return undefined;
    }
    return { service: service.name, port, scheme: route.scheme ?? "http" };
}

function readSize(value: number | string | undefined, at: Path, report: Report): number {
    const bytes = value === undefined ? DEFAULT_MAX_REQUEST_BYTES : parseSize(value);
    if (bytes === undefined || bytes < 1 || bytes > LARGEST_REQUEST_BYTES) {
        report(at, "is not a size", { got: value, remedy: "write bytes or a text such as 50MB, up to 100GB" });
        return DEFAULT_MAX_REQUEST_BYTES;
    }
    return bytes;
}

function planTimeouts(route: RouteDeclaration, at: Path, report: Report): EdgeTimeouts {
    const usual = route.websocket === true ? WEBSOCKET_READ_MS : route.stream === true ? STREAM_READ_MS : READ_MS;
    const readMs = route.timeout === undefined ? usual : parseTime(route.timeout);
    if (readMs === undefined || readMs < 1 || readMs > LONGEST_SILENCE_MS) {
        report(at, "is not a time", { got: route.timeout, remedy: "write seconds or a text such as 90s or 5m, up to 24h" });
        return { connectMs: 5000, readMs: usual, sendMs: READ_MS };
    }
    return { connectMs: 5000, readMs, sendMs: READ_MS };
}
