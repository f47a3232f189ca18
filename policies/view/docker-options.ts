import { Inexpressible, NotApplicable } from "./unfinished";
import type { Value } from "./value";
import type { ContainerView, WorkloadView } from "./types";

const POD = "a pod has no such setting";

/** The driver that keeps a container's log, of Docker, Compose or Swarm; undefined for the engine's default. */
export function logDriver({ workload, source }: ContainerView): string | undefined {
    switch (workload.platform) {
        case "compose":
            return source.get("logging", "driver").text;
        case "docker":
            return source.get("logDriver").text;
        case "swarm":
            return source.get("taskSpec", "logDriver", "name").text;
        default:
            throw new NotApplicable(POD);
    }
}

/** A limit that the kernel keeps for each process, e.g. `nofile`; absent where none is set. */
export function ulimitOf({ workload, source }: ContainerView, name: string): Value | undefined {
    switch (workload.platform) {
        case "compose":
            return source.get("ulimits", name);
        case "docker":
            return source.get("ulimits").items.find(limit => limit.get("name").text === name);
        case "swarm":
            throw new Inexpressible(`cannot be given the limit ${name}: its resource has no field for it, so the engine's \`default-ulimits\` are needed`);
        default:
            throw new NotApplicable(POD);
    }
}

/** Whether a small init is a container's first process, which passes signals on and buries what has ended. */
export function hasInit({ workload, source }: ContainerView): boolean {
    switch (workload.platform) {
        case "compose":
        case "docker":
            return source.get("init").flag === true;
        case "swarm":
            return source.get("taskSpec", "containerSpec", "init").flag === true;
        default:
            throw new NotApplicable(POD);
    }
}

/** How often a workload is started again after it failed: 0 for never, Infinity without a bound. */
export function restartTries(workload: WorkloadView): number {
    const { restart, source, platform } = workload;
    const [policy, count] = restart.split(":");
    if (policy === "no") {
        return 0;
    }
    if (policy !== "on-failure" && platform !== "swarm") {
        return Infinity;
    }
    const tries = count ?? triesOf(platform, source).text;
    return tries === undefined || Number(tries) === 0 ? Infinity : Number(tries);
}

function triesOf(platform: WorkloadView["platform"], source: Value): Value {
    switch (platform) {
        case "compose":
            return source.get("deploy", "restart_policy", "max_attempts");
        case "docker":
            return source.get("maxRetryCount");
        case "swarm":
            return source.get("taskSpec", "restartPolicy", "maxAttempts");
        default:
            throw new NotApplicable(POD);
    }
}
