import { POD_SECURITY_RULES } from "../../../policies/pod-security";
import { manifest } from "../rule-test";
import type { Rule } from "../../../policies/rule";
import type { Subject } from "../rule-test";

/** A rule of the standards, by its id. */
export function podRule(id: string): Rule {
    const rule = POD_SECURITY_RULES.find(one => one.id === id);
    if (rule === undefined) {
        throw new Error(`there is no rule ${id}`);
    }
    return rule;
}

/** A Pod called `p`. */
export function pod(spec: unknown, annotations: unknown = {}): Subject {
    return manifest(JSON.stringify({ apiVersion: "v1", kind: "Pod", metadata: { name: "p", annotations }, spec }));
}

/** A Pod whose only container, called `c`, has this security context. */
export function withContext(securityContext: unknown, spec: object = {}): Subject {
    return pod({ ...spec, containers: [{ name: "c", securityContext }] });
}

/** A Pod with this security context of its own, and one silent container. */
export function withPodContext(securityContext: unknown, spec: object = {}): Subject {
    return pod({ ...spec, securityContext, containers: [{ name: "c" }] });
}
