import type { Settings } from "../../../policies/rule";

/** Which rules mean the same as a check, and the check's own configuration said in their words. */
export interface Meant {
    readonly rules?: readonly string[];
    /** What the message of a rule with several meanings has to say. */
    readonly says?: RegExp;
    readonly settings?: Readonly<Record<string, Settings>>;
}

/** By check, or by `check#part`. */
export type Meanings = Readonly<Record<string, Meant>>;

/** All that there is is given. */
export const WHOLE = { "policy-selects-nothing": { complete: true }, "service-selects-nothing": { complete: true }, "route-without-service": { complete: true } };
export const NO_BLOCKED_DRAIN: Meant = { rules: ["disruption-budget-blocks-drains"] };
export const SPREAD: Meant = { rules: ["not-spread-over-nodes"] };

/** A setting of a policy of admission, by what the message says of it. */
export const admits = (says: RegExp): Meant => ({ rules: ["loose-admission-policy"], says });
