import { podRule } from "../rule";
import { LATEST, VERSIONS, minorOf } from "./versions";
import { podOf } from "./pod";
import type { Rule, RuleText, Settings } from "../rule";
import type { Fault } from "../view/unfinished";
import type { Pod } from "./pod";

export type Level = "baseline" | "restricted";

/** How a check works from a version on. */
export interface Revision {
    /** The first minor version of Kubernetes 1. */
    readonly since: number;
    readonly faults: (pod: Pod) => readonly Fault[];
    /** Checks of the level baseline that are not asked beside this one. */
    readonly overrides?: readonly string[];
}

/** A check of the Pod Security Standards. Revisions are in order of their versions. */
export interface PodCheck extends Pick<RuleText, "id" | "severity" | "title" | "fix" | "controls"> {
    /** What Kubernetes calls it. */
    readonly check: string;
    readonly level: Level;
    readonly revisions: readonly Revision[];
}

/** The revision in force at a minor version; undefined where the check had not begun. */
export function revisionAt(check: PodCheck, minor: number): Revision | undefined {
    return check.revisions.findLast(({ since }) => since <= minor);
}

/** The check as a rule. It is judged only where somebody asks for the standards: an ordinary rule covers most of it. */
export function ruleOf(check: PodCheck): Rule {
    const { id, severity, title, fix, controls } = check;
    return podRule({
        id, severity, title, fix, controls,
        optional: true,
        benchmarks: [`PSS ${check.level}: ${check.check}`],
        parameters: {
            version: { type: "string", default: LATEST, description: `version of the Pod Security Standards: ${VERSIONS}` },
        },
        check: (workload, settings) => revisionAt(check, minorIn(settings))?.faults(podOf(workload.source)),
    });
}

/** @throws Error for a version that is not known: by which rules to judge must not be guessed */
function minorIn({ version }: Settings): number {
    const minor = typeof version === "string" ? minorOf(version) : undefined;
    if (minor === undefined) {
        throw new Error(`version ${JSON.stringify(version)} of the Pod Security Standards is not known; write ${VERSIONS}`);
    }
    return minor;
}

/** The checks that Kubernetes asks at a level and a minor version, without those that others override. */
export function checksInForce(checks: readonly PodCheck[], level: Level, minor: number): readonly PodCheck[] {
    const asked = checks.filter(check => (level === "restricted" || check.level === "baseline") && revisionAt(check, minor) !== undefined);
    const overridden = new Set(asked.flatMap(check => revisionAt(check, minor)?.overrides ?? []));
    return asked.filter(({ check }) => !overridden.has(check));
}
