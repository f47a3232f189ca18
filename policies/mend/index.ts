import { ISOLATION_MENDS } from "./isolation";
import { NETWORK_MENDS } from "./network";
import { OBJECT_MENDS } from "./objects";
import { POD_SECURITY_MENDS } from "./pod-security";
import { PRIVILEGE_MENDS } from "./privilege";
import { RESOURCES_MENDS } from "./resources";
import type { Parameters, RuleText } from "../rule";
import type { Mend } from "./mend";

/** How rules mend, by id. A rule that is not here judges only: what would be right, nobody can tell from the file. */
export const MENDS: Readonly<Record<string, Mend>> = {
    ...ISOLATION_MENDS,
    ...NETWORK_MENDS,
    ...OBJECT_MENDS,
    ...POD_SECURITY_MENDS,
    ...PRIVILEGE_MENDS,
    ...RESOURCES_MENDS,
};

/** The mend of a rule; undefined where it judges only. */
export function mendOf(rule: string): Mend | undefined {
    return Object.hasOwn(MENDS, rule) ? MENDS[rule] : undefined;
}

/** What can be set for a rule: what it judges by, and the values that mending writes. */
export function parametersOf(rule: Pick<RuleText, "id" | "parameters">): Parameters {
    return { ...rule.parameters, ...mendOf(rule.id)?.parameters };
}
