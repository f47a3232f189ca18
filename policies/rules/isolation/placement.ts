import { each, objectRule, podRule, together } from "../../rule";
import { dockerfileOf } from "../../view/dockerfile/view";
import { SYSTEM_NAMESPACES } from "../../view/namespaces";
import { along } from "../../view/way";
import type { Rule } from "../../rule";
import type { WorkloadView } from "../../view/types";
import type { Value } from "../../view/value";

const CONTROL_PLANE = /^node-role\.kubernetes\.io\/(?:control-plane|master)$/;

/** A pod that breaks out there has the cluster's database, keys and API server beside it. */
const controlPlaneScheduling = podRule({
    id: "control-plane-scheduling",
    severity: "medium",
    title: "Workloads keep away from the nodes of the control plane, and leave the choice of nodes to the scheduler",
    fix: "take the toleration, the selector or nodeName out; what must run there belongs into kube-system",
    benchmarks: ["Kubernetes: Taints and Tolerations", "NIST SP 800-190 4.3.4"],
    controls: [],

    check(workload) {
        if (SYSTEM_NAMESPACES.has(workload.subject.namespace)) {
            return [];
        }
        const spec = workload.source.get("spec");
        return together(
            () => each(spec.get("tolerations").items, tolerated),
            () => each(spec.get("nodeSelector").entries.map(([key, value]) => ({ key, value, path: value.path })),
                ({ key, value }) => CONTROL_PLANE.test(key) && value.text !== "false" ? `asks for a node of the control plane (${key})` : undefined),
            () => each(expressions(spec), expression => CONTROL_PLANE.test(expression.get("key").text ?? "") && /^(?:In|Exists)$/.test(expression.get("operator").text ?? "")
                ? `asks for a node of the control plane (${expression.get("key").text ?? ""})` : undefined),
            () => each([spec.get("nodeName")], name => (name.text ?? "") === "" || isRunning(workload) ? undefined : `passes the scheduler by (nodeName: ${name.text ?? ""})`),
        );
    },
});

/** The scheduler writes the name of the node into a pod that it has placed. */
function isRunning({ type, source }: WorkloadView): boolean {
    return type === "/Pod" && (source.get("status", "phase").present || source.get("metadata", "uid").present);
}

function tolerated(toleration: Value): string | undefined {
    const key = toleration.get("key").text ?? "";
    if (CONTROL_PLANE.test(key)) {
        return `tolerates nodes of the control plane (${key})`;
    }
    const every = key === "" && toleration.get("operator").text === "Exists" && toleration.get("effect").text !== "PreferNoSchedule";
    return every ? "tolerates every node, those of the control plane too (operator: Exists)" : undefined;
}

function expressions(spec: Value): readonly Value[] {
    const affinity = along(spec, "affinity", "nodeAffinity");
    const terms = [
        ...along(affinity, "requiredDuringSchedulingIgnoredDuringExecution", "nodeSelectorTerms").items,
        ...along(affinity, "preferredDuringSchedulingIgnoredDuringExecution").items.map(preferred => along(preferred, "preference")),
    ];
    return terms.flatMap(term => along(term, "matchExpressions").items);
}

/** A workload that chooses its node chooses its neighbours, and may be led to one that was taken over. */
const pinnedToNode = podRule({
    id: "pinned-to-node",
    severity: "low",
    title: "No workload chooses its node",
    fix: "take nodeSelector and nodeAffinity out, or let an admission policy set them",
    benchmarks: ["Kubernetes: Assigning Pods to Nodes"],
    controls: [],
    // Nodes of several kinds are chosen so by most houses.
    optional: true,

    check(workload) {
        const spec = workload.source.get("spec");
        const given = [["nodeSelector"], ["affinity", "nodeAffinity"]].map(keys => along(spec, ...keys));
        return each(given, value => value.present && value.entries.length > 0 ? `chooses its nodes (${value.path.at(-1) ?? ""})` : undefined);
    },
});

/** Containers of a pod trust each other: the more of them, the more of one fault. */
const tooManyContainers = podRule({
    id: "too-many-containers",
    severity: "low",
    title: "A pod has no more containers than agreed",
    fix: "move what does not belong together into pods of its own",
    benchmarks: ["Kubernetes: Pods"],
    controls: [],
    parameters: { most: { type: "integer", default: 0, description: "how many containers a pod may have beside init and ephemeral ones; 0 for any number" } },

    check(workload, settings) {
        const most = Number(settings["most"]);
        const containers = workload.source.get("spec", "containers");
        const count = most === 0 || !containers.present ? 0 : containers.items.length;
        return count > most ? { message: `has ${count} containers, more than ${most}`, at: containers.path } : undefined;
    },
});

/** An engine makes such a volume by itself, outside every rule about volumes, and it outlives the container. */
const imageDeclaresVolumes = objectRule({
    id: "image-declares-volumes",
    severity: "low",
    title: "Images leave it to whoever runs them where data is kept",
    fix: "take VOLUME out, and mount a named volume where the image is run",
    benchmarks: ["Docker: Dockerfile reference, VOLUME"],
    controls: [],
    // Images of databases have it for good reason.
    optional: true,
    types: ["dockerfile"],
    check: view => dockerfileOf(view).instructions.filter(({ keyword }) => keyword === "VOLUME").map(({ path }) => ({ message: "declares a volume of its own (VOLUME)", at: path })),
});

export const PLACEMENT_RULES: readonly Rule[] = [controlPlaneScheduling, imageDeclaresVolumes, pinnedToNode, tooManyContainers];
