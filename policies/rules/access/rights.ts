import { POWERS } from "./powers";
import { each, objectRule } from "../../rule";
import { nameOf, namespaceOf } from "../../view/identity";
import { CLUSTER_ROLE, ROLE, gives, isBuiltIn } from "../../view/rbac";
import { anyHolds } from "../../view/three-valued";
import type { Power } from "./powers";
import type { Rule } from "../../rule";
import type { ObjectView } from "../../view/types";
import type { Value } from "../../view/value";

/** A rule for each power: whoever holds a role with it is to be known by name. */
export const RIGHTS_RULES: readonly Rule[] = POWERS.map(power => objectRule({
    id: power.id,
    severity: power.severity,
    title: `No role may ${power.what}`,
    fix: power.fix,
    benchmarks: power.benchmarks,
    controls: [],
    ...power.optional === undefined ? {} : { optional: power.optional },
    property: "rules",
    types: [ROLE, CLUSTER_ROLE],

    check(role) {
        return isBuiltIn(role) && nameOf(role) !== power.evenIn ? []
            : each(role.value.get("rules").items, rule => mayBeIn(power, role, rule) ? `may ${power.what} (${words(rule)})` : undefined);
    },
}));

/** Whether a rule of this role gives the power: a Role gives nothing that is not of its namespace. */
function mayBeIn(power: Power, role: ObjectView, rule: Value): boolean {
    const cluster = role.type === CLUSTER_ROLE;
    const elsewhere = !cluster && power.namespace !== undefined && namespaceOf(role) !== power.namespace;
    const rights = power.rights.filter(({ clusterScoped }) => cluster || clusterScoped !== true);
    return !elsewhere && anyHolds(rights.map(right => () => gives(rule, right)));
}

/** A rule of a role in words, without what is not known. */
function words(rule: Value): string {
    const list = (key: string) => rule.get(key).items.filter(({ known }) => known).map(({ text }) => text).join(", ");
    return `${list("verbs")} on ${list("resources")}`;
}
