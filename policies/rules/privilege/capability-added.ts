import { containerRule, each, textsOf } from "../../rule";

/** Each capability is a part of root's power; some, like SYS_ADMIN or SYS_MODULE, are nearly all of it. */
export const capabilityAdded = containerRule({
    id: "capability-added",
    severity: "high",
    title: "No capability is added beyond the harmless few",
    fix: "take the capability out, or declare it with its reason",
    benchmarks: ["CIS Docker 5.4", "CIS Kubernetes 5.2.9", "PSS baseline: Capabilities", "PSS restricted: Capabilities", "NIST SP 800-190 4.4.3"],
    controls: ["RAGFLOW-SANDBOX-03", "SC-39"],
    property: "addedCapabilities",
    parameters: {
        allowed: {
            type: "array", items: { type: "string" }, default: ["NET_BIND_SERVICE"],
            description: "capabilities that may be added, without CAP_",
        },
    },

    check(container, settings) {
        const allowed = new Set(textsOf(settings, "allowed").map(name => name.toUpperCase().replace(/^CAP_/, "")));
        return each(container.addedCapabilities, capability => allowed.has(capability.text) ? undefined : `is given the capability ${capability.text}`);
    },
});
