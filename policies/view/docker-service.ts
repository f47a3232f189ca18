import { boundedLogs, healthCheck, labelOf, labels, mountsOf, pairs, wordsOf } from "./docker";
import { capabilities, positive } from "./engine";
import { Inexpressible } from "./unfinished";
import type { Path } from "./unfinished";
import type { Value } from "./value";
import type { ContainerView, ExposureView, Origin, Seen, WorkloadView } from "./types";

const SPEC = ["taskSpec", "containerSpec"] as const;
const PLACES: Readonly<Record<string, Path>> = {
    readOnlyRoot: [...SPEC, "readOnly"], user: [...SPEC, "user"], image: [...SPEC, "image"], addedCapabilities: [...SPEC, "capAdds"],
    droppedCapabilities: [...SPEC, "capDrops"], environment: [...SPEC, "env"], healthCheck: [...SPEC, "healthcheck"],
    memoryLimited: ["taskSpec", "resources", "limits", "memoryBytes"], cpuLimited: ["taskSpec", "resources", "limits", "nanoCpus"],
    boundedLogs: ["taskSpec", "logDriver"], networks: ["taskSpec", "networksAdvanceds"], restart: ["taskSpec", "restartPolicy"],
};

/**
 * A Swarm service. The provider has no field for security options and process limits, though its engines do: what only the
 * engine's configuration can settle is said to be so, and never passes in silence.
 */
export function dockerService(origin: Origin, inputs: Value, resourceName: string): WorkloadView {
    const given = inputs.get("name");
    const name = given.known ? given.text ?? resourceName : resourceName;
    const seen: Seen = {
        origin,
        subject: { kind: "Service", name, namespace: "", container: name },
        label: `Swarm service "${name}"`,
        path: inputs.path,
        place: property => [...inputs.path, ...PLACES[property] ?? [property]],
    };
    const task = (...keys: string[]) => inputs.get("taskSpec", ...keys);
    const role = () => labelOf(inputs.get("labels"), "portcullis.role");
    const workload: WorkloadView = {
        ...seen,
        platform: "swarm", type: "docker:index/service:Service", source: inputs,
        hostPid: false, hostIpc: false, hostUts: false, hostUsers: false, defaultBridge: false, containerName: undefined, joins: undefined,
        get role() { return role(); },
        get job() { return role() === "job" || task("restartPolicy", "condition").text === "none"; },
        get hostNetwork() { return this.networks.some(membership => membership.network === "host"); },
        get networks() { return task("networksAdvanceds").items.map(item => ({ get network() { return item.get("name").text ?? ""; }, path: item.path })); },
        get hostMounts() { return mountsOf(task("containerSpec", "mounts")); },
        get sysctls() { return pairs(task("containerSpec", "sysctl")); },
        get restart() { return (task("restartPolicy", "condition").text ?? "any").replace("none", "no"); },
        get containers() { return [container]; },
    };
    const container = serviceContainer(seen, inputs, workload);
    return workload;
}

function serviceContainer(seen: Seen, inputs: Value, workload: WorkloadView): ContainerView {
    const spec = (...keys: string[]) => inputs.get(...SPEC, ...keys);
    const task = (...keys: string[]) => inputs.get("taskSpec", ...keys);
    return {
        ...seen,
        workload, source: inputs, slot: "container",
        privileged: false, nonRootRequired: false, seccompByDefault: true, seccomp: undefined, apparmor: undefined, devices: [], tmpfs: [],
        get image() { return spec("image").text; },
        get user() { return spec("user").text; },
        get readOnlyRoot() { return spec("readOnly").flag; },
        get addedCapabilities() { return capabilities(spec("capAdds")); },
        get droppedCapabilities() { return capabilities(spec("capDrops")); },
        get noNewPrivileges(): boolean {
            throw new Inexpressible("cannot be kept from gaining privileges: its resource has no field for it, so the engine's `no-new-privileges` default is needed");
        },
        get selinux() { return spec("privileges", "seLinuxContext", "disable").flag === true ? "disable" : undefined; },
        get memoryLimited() { return positive(task("resources", "limits", "memoryBytes")); },
        get cpuLimited() { return positive(task("resources", "limits", "nanoCpus")); },
        get processLimited(): boolean {
            throw new Inexpressible("cannot be given a process limit: its resource has no field for it, so the engine's `default-ulimits` are needed");
        },
        get environment() { return pairs(spec("env")); },
        get arguments() { return [...wordsOf(spec("commands")), ...wordsOf(spec("args"))]; },
        get labels() { return [...labels(inputs.get("labels")), ...labels(spec("labels"))]; },
        get healthCheck() { return healthCheck(spec("healthcheck", "tests")); },
        get boundedLogs() { return boundedLogs(task("logDriver", "name").text, task("logDriver", "options")); },
    };
}

/** Swarm publishes on every address of every node: there is no field for one. */
export function serviceExposures(workload: WorkloadView, inputs: Value): ExposureView[] {
    return inputs.get("endpointSpec", "ports").items.map((port): ExposureView => ({
        origin: workload.origin, subject: workload.subject, label: workload.label,
        path: port.path,
        place: () => port.path,
        how: "published",
        get port() { return port.get("publishedPort").text; },
        address: undefined,
        get protocol() { return port.get("protocol").text; },
        get role() { return workload.role; },
    }));
}
