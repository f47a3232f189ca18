import type { HardenedApplication, HardenedService } from "../model/hardened";
import type { Dependency } from "../model/service";
import { seconds } from "./units";

// Docker's own figures where a health check does not say.
const INTERVAL_MS = 30_000;
const TIMEOUT_MS = 30_000;
const RETRIES = 3;

/** Least time that a start gets; images are pulled before, so it is the program's own. */
const LEAST_SECONDS = 60;
/** How long a job may run, e.g. a migration of a database. */
const JOB_SECONDS = 20 * 60;

/** How long a deployment waits for a service: as long as its health check takes to call it unhealthy, and once more. */
export function readyTimeoutSeconds({ health }: HardenedService, job: boolean): number {
    if (job) {
        return JOB_SECONDS;
    }
    const attempt = (health?.intervalMs ?? INTERVAL_MS) + (health?.timeoutMs ?? TIMEOUT_MS);
    const patience = (health?.startPeriodMs ?? 0) + ((health?.retries ?? RETRIES) + 1) * attempt;
    return Math.max(LEAST_SECONDS, seconds(2 * patience));
}

/** Services that others wait to see completed, and those whose role says that they end. */
export function jobs(application: HardenedApplication): ReadonlySet<string> {
    const awaited = application.services.flatMap(service => service.dependsOn)
        .filter(({ condition }) => condition === "service_completed_successfully");
    const said = application.services.filter(service => service.role === "job");
    return new Set([...awaited.map(({ service }) => service), ...said.map(({ name }) => name)]);
}

/**
 * Services in an order in which each comes after those that it depends on; otherwise as they are. A ring of dependencies
 * was refused with the application's own files, so one that is left is broken at its first service.
 */
export function startOrder(services: readonly HardenedService[]): HardenedService[] {
    const byName = new Map(services.map(service => [service.name, service]));
    const ordered = new Set<HardenedService>();
    const open = new Set<HardenedService>();
    const visit = (service: HardenedService): void => {
        if (ordered.has(service) || open.has(service)) {
            return;
        }
        open.add(service);
        service.dependsOn.map((dependency: Dependency) => byName.get(dependency.service)).forEach(each => each !== undefined && visit(each));
        ordered.add(service);
    };
    services.forEach(visit);
    return [...ordered];
}
