import { noHealthCheck } from "./no-health-check";
import { noRestartPolicy } from "./no-restart-policy";
import type { Rule } from "../../rule";

export const AVAILABILITY_RULES: readonly Rule[] = [
    noHealthCheck,
    noRestartPolicy,
];
