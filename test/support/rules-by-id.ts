import assert from "node:assert/strict";

import type { Rule } from "../../policies/rule";

/** The rule of this id among those of a table. */
export function ruleIn(rules: readonly Rule[], id: string): Rule {
    const rule = rules.find(one => one.id === id);
    assert.ok(rule !== undefined, `no rule ${id}`);
    return rule;
}
