import { containerRule, stackRule } from "../../rule";
import { commonTo } from "../../view/shared";
import { withFaults } from "../../view/unfinished";
import type { Rule } from "../../rule";
import type { Item, WorkloadView } from "../../view/types";

/** Numbers below 10000 are people and services of most hosts: who breaks out as one of them finds files of its own. */
const lowUserId = containerRule({
    id: "low-user-id",
    severity: "low",
    title: "A user's number is above those that hosts give to their own",
    fix: "choose a user number of 10000 or more and give it the files that it needs",
    benchmarks: ["NSA/CISA: Non-root containers"],
    controls: [],
    // Many images bring files that belong to a lower number.
    optional: true,
    property: "user",
    parameters: { least: { type: "integer", default: 10000, description: "the lowest user number that is allowed" } },

    check(container, settings) {
        const [user = ""] = (container.user ?? "").split(":");
        return /^\d+$/.test(user) && Number(user) > 0 && Number(user) < Number(settings["least"]) ? `has a user number that hosts use too (${user})` : undefined;
    },
});

/** Two programs of one number may signal and trace each other wherever they meet, and read each other's files. */
const sharedUserId = stackRule({
    id: "shared-user-id",
    severity: "low",
    title: "No two workloads run as the same user",
    fix: "give each workload a user number of its own",
    benchmarks: ["NIST SP 800-190 4.4.3"],
    controls: [],
    // One number for all is what most charts and the toolkit's own output have.
    optional: true,

    check(stack) {
        const { common, unfinished } = commonTo(stack.workloads, users, (_, user) => user);
        const faults = common.map(({ view, text, path, others }) => ({
            about: view, at: path, message: `runs as the user ${text}, as does ${others.map(({ label }) => label).sort().join(", ")}`,
        }));
        if (unfinished !== undefined) {
            throw withFaults(unfinished, faults);
        }
        return faults;
    },
});

/** The numbers that a workload's containers run as, each once. */
function users(workload: WorkloadView): readonly Item[] {
    const seen = new Set<string>();
    return workload.containers.map(container => ({
        get text() {
            const [user = ""] = (container.user ?? "").split(":");
            const first = /^\d+$/.test(user) && !seen.has(user);
            seen.add(user);
            return first ? user : "";
        },
        path: container.place("user"),
    }));
}

export const USER_RULES: readonly Rule[] = [lowUserId, sharedUserId];
