import { across, allFaults, objectRule, podRule, stackRule } from "../../rule";
import { isLoopback, rangeOf } from "../../view/net/address";
import { clusterOf } from "../../view/net/cluster";
import { any, grouped } from "../../view/net/known";
import { labelsOf, selectorOf } from "../../view/net/selector";
import { namespaceOf } from "../../view/namespaces";
import { objectsOf } from "../../view/stack";
import type { Cluster } from "../../view/net/cluster";
import type { Choosing } from "../../view/net/choose";
import type { ObjectView, Seen } from "../../view/types";

const SERVICE = "/Service";

/** A Service that is another name for a local address makes whoever calls it call itself, or its node. */
export const serviceAliasesLocalhost = objectRule({
    id: "service-aliases-localhost",
    severity: "medium",
    title: "No Service is another name for the local host",
    fix: "let externalName be the name of a machine outside the cluster",
    benchmarks: ["Kubernetes: Service of the type ExternalName"],
    controls: [],
    types: [SERVICE],

    check({ value }) {
        const name = value.get("spec", "externalName");
        if (value.get("spec", "type").text !== "ExternalName" || !name.present) {
            return undefined;
        }
        const text = (name.text ?? "").toLowerCase().replace(/\.$/, "");
        const local = isLoopback(text) || /^localhost(?:\.localdomain)?$|\.localhost$|^ip6-(?:localhost|loopback)$/.test(text) || METADATA.has(text) || rangeOf(text)?.from === 0n;
        return local ? { message: `is another name for ${name.text ?? ""}`, at: name.path } : undefined;
    },
});

const METADATA: ReadonlySet<string> = new Set(["169.254.169.254", "metadata.google.internal", "metadata", "kubernetes.default.svc", "kubernetes.default"]);

/** Whether there is anything that a selector could have meant: in a run without workloads of its namespace it may be elsewhere. */
export function judgeable(cluster: Cluster, choosing: Choosing, complete: boolean): boolean {
    const index = cluster.index();
    return complete || index.shelf(choosing.namespace()).all.length > 0 || any(index.unplaced, pod => pod.namespace() === choosing.namespace());
}

export const COMPLETE = {
    complete: { type: "boolean", default: false, description: "whether all that there is was given: then a namespace without any workload is no excuse" },
} as const;

/** A Service without pods answers nobody; whoever makes pods with its labels gets what was meant for others. */
export const serviceSelectsNothing = stackRule({
    id: "service-selects-nothing",
    severity: "low",
    title: "Every Service selects pods that there are",
    fix: "let the selector be labels of the pod template that it is for",
    benchmarks: ["Kubernetes: Service, defining a Service"],
    controls: [],
    parameters: COMPLETE,

    check(stack, settings) {
        const cluster = clusterOf(stack);
        const complete = settings["complete"] === true;
        const services = new Map<Seen, (typeof cluster.services)[number]>(cluster.services.map(service => [service.view, service]));
        const monitors = objectsOf(stack, "monitoring.coreos.com/ServiceMonitor");
        return allFaults(
            () => across(cluster.services.map(({ view }) => view), "spec", view => {
                const service = services.get(view);
                if (service?.selects() !== true || !judgeable(cluster, service, complete)) {
                    return undefined;
                }
                const { sure, doubt } = cluster.selected(service);
                if (sure.length === 0 && doubt !== undefined) {
                    throw doubt;
                }
                return sure.length === 0 ? "selects no pod that is given" : undefined;
            }),
            () => across(monitors, "spec", monitor => monitorSelects(monitor, objectsOf(stack, SERVICE), complete) ? undefined : "selects no Service that is given"),
        );
    },
});

/** Whether a monitor selects a Service, or one that is not given may be meant: of namespaces of which none is. */
function monitorSelects({ value }: ObjectView, services: readonly ObjectView[], complete: boolean): boolean {
    const [selector, wanted] = [selectorOf(value.get("spec", "selector")), value.get("spec", "namespaceSelector")];
    const names = wanted.get("any").flag === true ? [] : wanted.get("matchNames").items;
    const inReach = (service: ObjectView): boolean => {
        const namespace = namespaceOf(service);
        // Where not all is given, one that names no namespace may be applied to any.
        return names.length === 0 || namespace === undefined && !complete || any(names, name => name.text === (namespace ?? "default"));
    };
    return !complete && !any(services, inReach) || any(services, service => inReach(service) && selector.selects(labelsOf(service.value.get("metadata", "labels"))));
}

/** Two Services that select the same pods are one too many, or one of them was meant for others. */
export const sameSelector = stackRule({
    id: "services-select-the-same",
    severity: "low",
    title: "No two Services of a namespace have the same selector",
    fix: "take one of them out, or select by a label that parts the pods",
    benchmarks: ["Kubernetes: Service, defining a Service"],
    controls: [],
    optional: true,

    check(stack) {
        const { services } = clusterOf(stack);
        const choosing = services.filter(service => quietly(service.selects));
        const key = (service: (typeof services)[number]) => JSON.stringify([service.namespace(), service.view.value.get("spec", "selector").entries.map(([name, value]) => [name, value.text]).sort()]);
        const groups = grouped(choosing, key);
        const keys = new Map<Seen, () => string>(choosing.map(service => [service.view, () => key(service)]));
        const rivals = new Map<Seen, string>();
        for (const [group, members] of groups) {
            for (const member of group === undefined ? [] : members) {
                const other = members.find(each => each !== member);
                if (other !== undefined) {
                    rivals.set(member.view, other.view.subject.name);
                }
            }
        }
        return across(choosing.map(({ view }) => view), "spec", view => {
            keys.get(view)?.();
            const rival = rivals.get(view);
            return rival === undefined ? undefined : `selects the same pods as Service "${rival}"`;
        });
    },
});

function quietly(read: () => boolean): boolean {
    try {
        return read();
    } catch {
        return true;
    }
}

/** Two that claim one outside name take turns in answering for it, or the second takes it over. */
export const duplicateExternalName = stackRule({
    id: "duplicate-external-name",
    severity: "low",
    title: "No two objects claim the same name outside",
    fix: "give each its own name in the annotation external-dns.alpha.kubernetes.io/hostname",
    benchmarks: ["Kubernetes: external-dns, annotation hostname"],
    controls: [],

    check(stack) {
        const claimed = new Map<string, Seen>();
        const objects = stack.objects.filter(({ platform, value }) => platform === "kubernetes" && value.known && value.isMapping);
        return across(objects, "metadata", (view): string | undefined => {
            const names = view.value.get("metadata", "annotations").get("external-dns.alpha.kubernetes.io/hostname").text ?? "";
            for (const name of names.split(",").map(each => each.trim().toLowerCase().replace(/\.$/, "")).filter(each => each !== "")) {
                const other = claimed.get(name);
                if (other !== undefined && !isSame(other, view)) {
                    return `claims the outside name ${name}, as ${other.label} does`;
                }
                claimed.set(name, other ?? view);
            }
            return undefined;
        });
    },
});

/** The same object given twice, e.g. for two stages. */
export function isSame(one: Seen, other: Seen): boolean {
    return one.subject.kind === other.subject.kind && one.subject.name === other.subject.name && one.subject.namespace === other.subject.namespace;
}

/** Addresses of every Service in the environment tell an intruder what else there is, and take names that programs read. */
export const serviceLinks = podRule({
    id: "service-links",
    severity: "low",
    title: "Pods do not get the address of every Service as variables",
    fix: "set `enableServiceLinks: false`; names are found through DNS",
    benchmarks: ["Kubernetes: Accessing Services, environment variables"],
    controls: [],
    optional: true,

    check(workload) {
        return workload.source.get("spec", "enableServiceLinks").flag === false ? undefined : "gets the address of every Service of its namespace as variables";
    },
});
