import { noCpuLimit } from "./no-cpu-limit";
import { noMemoryLimit } from "./no-memory-limit";
import { noProcessLimit } from "./no-process-limit";
import { unboundedLogs } from "./unbounded-logs";
import { unboundedTmpfs } from "./unbounded-tmpfs";
import type { Rule } from "../../rule";

export const RESOURCES_RULES: readonly Rule[] = [
    noCpuLimit,
    noMemoryLimit,
    noProcessLimit,
    unboundedLogs,
    unboundedTmpfs,
];
