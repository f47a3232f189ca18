import { each, objectRule, together } from "../../rule";
import type { Value } from "../../view/value";

const TTL = "cleanup.kyverno.io/ttl";

/** An exception that nobody ends outlives its reason; one for everything is no exception. */
export const policyExceptionUnbounded = objectRule({
    id: "policy-exception-unbounded",
    severity: "medium",
    title: "Every exception from a cluster's policies ends, and names what it is for",
    fix: `set the label ${TTL} (a time to live, or the day it ends), and name policies, rules and objects`,
    benchmarks: ["Kyverno: Policy Exceptions"],
    controls: ["SC-68"],
    types: ["kyverno.io/PolicyException", "policies.kyverno.io/PolicyException"],

    check(exception) {
        const ttl = exception.value.get("metadata", "labels", TTL);
        const ends = () => ttl.present ? [] : [{ message: `never ends (${TTL}: not set)`, at: ttl.path }];
        const spec = exception.value.get("spec");
        const rules = () => each(namesIn(spec.get("exceptions"), "ruleNames"), item => item.text === "*" ? "is for every rule of a policy (ruleNames: *)" : undefined);
        const kinds = () => each(filtersOf(spec.get("match")).flatMap(filter => namesIn(filter, "kinds")), item => item.text === "*" ? "is for every kind of object (kinds: *)" : undefined);
        return together(ends, rules, kinds);
    },
});

/** The resource filters of a `match`, one after another. */
function filtersOf(match: Value): readonly Value[] {
    return match.present ? ["any", "all"].flatMap(key => match.get(key).items).map(item => item.get("resources")) : [];
}

function namesIn(value: Value, key: string): readonly Value[] {
    return value.present && value.isList ? value.items.flatMap(item => item.get(key).items) : value.get(key).items;
}
