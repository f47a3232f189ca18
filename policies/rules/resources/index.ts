import { kubeletWithoutProcessLimit, loggingOff, noFileLimit, noInitProcess, unboundedRestart } from "./engine-options";
import { namespaceWithoutLimitRange, namespaceWithoutQuota } from "./namespace-limits";
import { noCpuLimit } from "./no-cpu-limit";
import { noMemoryLimit } from "./no-memory-limit";
import { noProcessLimit } from "./no-process-limit";
import { acceleratorOutsideLimits, restartPolicyUnfit } from "./pods";
import { cpuLimitSet, limitFarAboveRequest, noCpuRequest, noMemoryRequest, requestsDifferFromLimits } from "./requests";
import { noScratchLimit, unboundedEmptyDir } from "./scratch";
import { unboundedLogs } from "./unbounded-logs";
import { unboundedTmpfs } from "./unbounded-tmpfs";
import type { Rule } from "../../rule";

export const RESOURCES_RULES: readonly Rule[] = [
    acceleratorOutsideLimits,
    cpuLimitSet,
    kubeletWithoutProcessLimit,
    limitFarAboveRequest,
    loggingOff,
    namespaceWithoutLimitRange,
    namespaceWithoutQuota,
    noCpuLimit,
    noCpuRequest,
    noFileLimit,
    noInitProcess,
    noMemoryLimit,
    noMemoryRequest,
    noProcessLimit,
    noScratchLimit,
    requestsDifferFromLimits,
    restartPolicyUnfit,
    unboundedEmptyDir,
    unboundedLogs,
    unboundedRestart,
    unboundedTmpfs,
];
