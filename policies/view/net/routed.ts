import { clusterOf } from "./cluster";
import { first, once, unfinished } from "./known";
import { routeLines } from "./routes";
import type { Stack } from "../stack";
import type { Unfinished } from "../unfinished";
import type { WorkloadView } from "../types";
import type { Way } from "./cluster-reach";
import type { RouteLine } from "./routes";

interface Routes {
    readonly byService: ReadonlyMap<string, RouteLine>;
    /** Why a line may lead to any Service. */
    readonly doubt: Unfinished | undefined;
}

const ROUTES = new WeakMap<Stack, () => Routes>();
const keyOf = (namespace: string, name: string): string => `${namespace}\0${name}`;

/**
 * The way from outside to a pod that a router of requests is on: an Ingress, a Gateway's route, an IngressRoute. Whether its
 * controller gets through policies is not asked: who writes a route means it to work.
 */
export function routedWay(stack: Stack, to: WorkloadView): Way | undefined {
    const cluster = clusterOf(stack);
    const pod = cluster.podOf(to);
    if (pod === undefined) {
        return undefined;
    }
    const known = ROUTES.get(stack) ?? once(() => indexed(routeLines(stack)));
    ROUTES.set(stack, known);
    const { byService, doubt } = known();
    const { sure, doubt: selection } = cluster.servicesOf(pod);
    const way = first(sure, service => {
        const line = byService.get(keyOf(service.namespace(), service.name()));
        return line === undefined ? undefined : ["internet", lineText(line), `Service "${service.name()}"`, to.subject.name];
    });
    const unknown = selection ?? (sure.length > 0 ? doubt : undefined);
    if (way === undefined && byService.size + (doubt === undefined ? 0 : 1) > 0 && unknown !== undefined) {
        throw unknown;
    }
    return way;
}

function indexed(lines: readonly RouteLine[]): Routes {
    const byService = new Map<string, RouteLine>();
    let doubt: Unfinished | undefined;
    for (const line of lines) {
        try {
            for (const backend of line.backends()) {
                const key = keyOf(backend.namespace(), backend.name());
                byService.set(key, byService.get(key) ?? line);
            }
        } catch (error) {
            doubt ??= unfinished(error);
        }
    }
    return { byService, doubt };
}

/** `Ingress "shop" (shop.example.com/)`. */
export function lineText(line: RouteLine): string {
    const asked = (() => {
        try {
            return `${line.hosts()[0] ?? "any host"}${line.path() ?? ""}`;
        } catch (error) {
            unfinished(error);
            return "not known yet";
        }
    })();
    return `${line.view.subject.kind} "${line.view.subject.name}" (${asked})`;
}
