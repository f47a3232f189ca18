import { objectRule, podRule, textsOf } from "../../rule";
import { isOwned } from "../../view/scaled";

/** Nothing makes a bare pod again when its node fails or it is evicted. */
export const barePod = objectRule({
    id: "bare-pod",
    severity: "low",
    title: "Pods are made by a controller",
    fix: "use a Deployment, a StatefulSet, a DaemonSet or a Job",
    benchmarks: ["Kubernetes: Configuration Best Practices, naked Pods"],
    controls: [],
    types: ["/Pod"],

    check(object) {
        // What the kubelet itself starts from a file shows as a pod that a node owns.
        const mirrored = object.value.get("metadata", "annotations", "kubernetes.io/config.mirror").present;
        return mirrored || isOwned(object) ? undefined : "is made by nobody: it is gone with its node (controller: none)";
    },
});

/** When nodes are full, pods without a class are as important as any other, and lose to those with one. */
export const noPriorityClass = podRule({
    id: "no-priority-class",
    severity: "low",
    optional: true,
    title: "Every pod has an agreed priority class",
    fix: "set priorityClassName",
    benchmarks: ["Kubernetes: Pod Priority and Preemption"],
    controls: [],
    parameters: { agreed: { type: "array", items: { type: "string" }, default: [], description: "priority classes that may be used; any that is named where empty" } },

    check(workload, settings) {
        const agreed = textsOf(settings, "agreed");
        const given = workload.source.get("spec", "priorityClassName");
        const name = given.text || undefined;
        return name !== undefined && (agreed.length === 0 || agreed.includes(name)) ? undefined
            : { message: `has no agreed priority class (priorityClassName: ${name ?? "not set"})`, at: given.path };
    },
});

/** By default a name outside the cluster is asked for five times, with each of the cluster's own domains appended. */
export const noNameLookupOptions = podRule({
    id: "no-name-lookup-options",
    severity: "low",
    optional: true,
    title: "Every pod sets the name-lookup options that were agreed",
    fix: "set dnsConfig.options",
    benchmarks: ["Kubernetes: DNS for Services and Pods, Pod's DNS Config"],
    controls: [],
    parameters: { options: { type: "array", items: { type: "string" }, default: ["ndots=2"], description: "options that dnsConfig must have: `name`, or `name=value`" } },

    check(workload, settings) {
        const spec = workload.source.get("spec");
        // On the host's network, and by the policy Default, the node's own settings count.
        if (spec.get("dnsPolicy").text === "Default") {
            return undefined;
        }
        const given = spec.get("dnsConfig", "options").items.map(option => [option.get("name").text ?? "", option.get("value").text] as const);
        const missing = textsOf(settings, "options").find(wanted => {
            const [name = "", value] = wanted.split("=", 2);
            return given.every(([has, set]) => has !== name || value !== undefined && set !== value);
        });
        return missing === undefined ? undefined : { message: `lacks an agreed option of name lookup (dnsConfig.options: ${missing})`, at: [...spec.path, "dnsConfig", "options"] };
    },
});
