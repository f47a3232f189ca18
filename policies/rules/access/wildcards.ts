import { each, objectRule } from "../../rule";
import { anyHolds } from "../../view/three-valued";
import { CLUSTER_ROLE, ROLE, isBuiltIn } from "../../view/rbac";
import type { Rule } from "../../rule";
import type { Value } from "../../view/value";

interface Wildcard {
    readonly id: string;
    readonly title: string;
    readonly fix: string;
    readonly list: "resources" | "verbs";
    readonly words: readonly string[];
    readonly says: (rule: Value) => string;
}

const WILDCARDS: readonly Wildcard[] = [
    {
        id: "wildcard-verbs", title: "No role has every verb", fix: "list the verbs that are used; new ones, such as `escalate`, then stay out",
        list: "verbs", words: ["*"], says: rule => `may do anything (*) to ${shown(rule, "resources") || shown(rule, "nonResourceURLs")}`,
    },
    {
        // Kubernetes itself matches `*/*` with nothing; whoever writes it means all, and some other authorizer may think so too.
        id: "wildcard-resources", title: "No role is about every resource", fix: "list the resources that are used; what an extension adds later then stays out",
        list: "resources", words: ["*", "*/*"], says: rule => `may ${shown(rule, "verbs")} every resource of ${shown(rule, "apiGroups") || "the core group"}`,
    },
];

/** What a star gives is not what there is today: it is whatever there will be. */
export const WILDCARD_RULES: readonly Rule[] = WILDCARDS.map(({ id, title, fix, list, words, says }) => objectRule({
    id, title, fix,
    severity: "high",
    benchmarks: ["CIS Kubernetes 5.1.3", "Kubernetes: RBAC Good Practices"],
    controls: [],
    property: "rules",
    types: [ROLE, CLUSTER_ROLE],

    check(role) {
        return isBuiltIn(role) ? [] : each(role.value.get("rules").items, rule =>
            anyHolds(rule.get(list).items.map(item => () => words.includes(item.text ?? ""))) ? says(rule) : undefined);
    },
}));

function shown(rule: Value, key: string): string {
    return rule.get(key).items.filter(({ known }) => known).map(({ text }) => text === "" ? "the core group" : text).join(", ");
}
