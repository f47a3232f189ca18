import type { ContainerView, Platform, WorkloadView } from "./types";
import type { Value } from "./value";

/** What each platform calls a setting: the keys below a view's source; a platform that has no such setting is left out. */
export type Ways = Readonly<Partial<Record<Platform, readonly string[]>>>;

/** A setting of a workload; undefined where its platform has none. */
export function workloadSetting(workload: WorkloadView, ways: Ways): Value | undefined {
    const way = ways[workload.platform];
    return way === undefined ? undefined : workload.source.get(...way);
}

/** A setting of a container; undefined where its platform has none. */
export function containerSetting(container: ContainerView, ways: Ways): Value | undefined {
    const way = ways[container.workload.platform];
    return way === undefined ? undefined : container.source.get(...way);
}

/** A field of a container's security context, else of its pod's: the nearer one counts. */
export function podContext({ source, workload }: ContainerView, ...keys: readonly string[]): Value {
    const own = source.get("securityContext", ...keys);
    return own.present ? own : workload.source.get("spec", "securityContext", ...keys);
}

/** The `security_opt` of a container, as written; none where the platform has no such list. */
export function securityOptions(container: ContainerView): readonly Value[] {
    return containerSetting(container, { compose: ["security_opt"], docker: ["securityOpts"] })?.items ?? [];
}
