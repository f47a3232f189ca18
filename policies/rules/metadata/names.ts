import { across, containerRule, each, objectRule, stackRule } from "../../rule";
import { labelsOf, plainSelectorOf, selectorOf } from "../../view/net/selector";
import { SCALED, kinds, podLabelsOf } from "../../view/scaled";
import type { WorkloadView } from "../../view/types";

/** Which of the two counts differs between tools: a switch that was turned off may be on. */
export const duplicateVariable = containerRule({
    id: "duplicate-variable",
    severity: "low",
    title: "No variable is set twice for a container",
    fix: "take one of the two out",
    benchmarks: ["Kubernetes: Define Environment Variables for a Container", "Docker: Set environment variables within your container's environment"],
    controls: [],
    property: "environment",

    check(container) {
        const seen = new Set<string>();
        return each(container.environment, ({ name }) => {
            const again = name !== "" && seen.has(name);
            seen.add(name);
            return again ? `is told the variable ${name} twice` : undefined;
        });
    },
});

/** Two containers of one name cannot both be there: the second fails, or takes the place of the first. */
export const duplicateContainerName = stackRule({
    id: "duplicate-container-name",
    severity: "low",
    title: "No two containers have one name",
    fix: "name one of them otherwise, or leave the name to the engine",
    benchmarks: ["Docker: Compose file reference, container_name", "Kubernetes: Object Names and IDs"],
    controls: [],

    check(stack) {
        const seen = new Map<string, WorkloadView>();
        return across(stack.workloads, "containerName", workload => workload.platform === "kubernetes" ? twiceInPod(workload) : twiceOnEngine(workload, seen));
    },
});

function twiceInPod(workload: WorkloadView): string | undefined {
    const names = workload.containers.map(container => container.source.get("name").text ?? "");
    const again = names.find((name, at) => name !== "" && names.indexOf(name) < at);
    return again === undefined ? undefined : `has two containers of one name (${again})`;
}

function twiceOnEngine(workload: WorkloadView, seen: Map<string, WorkloadView>): string | undefined {
    // A name that nobody gave is made up by the engine, and no two are alike.
    const name = workload.source.get(workload.platform === "compose" ? "container_name" : "name").text;
    const other = name === undefined ? undefined : seen.get(name);
    if (name !== undefined && other === undefined) {
        seen.set(name, workload);
    }
    return other === undefined || apart(workload, other) ? undefined : `has the name of another container (${name ?? ""}, of ${other.label})`;
}

/** Whether two services of Compose are never started together: they have profiles, and none in common. */
function apart(one: WorkloadView, other: WorkloadView): boolean {
    const profiles = ({ platform, source }: WorkloadView) => platform === "compose" ? source.get("profiles").items.map(item => item.text ?? "") : [];
    const theirs = profiles(other);
    const ours = profiles(one);
    return ours.length > 0 && theirs.length > 0 && !ours.some(profile => theirs.includes(profile));
}

/** Kinds whose selector is a plain mapping. */
const PLAIN: ReadonlySet<string> = new Set(["/ReplicationController", "apps.openshift.io/DeploymentConfig"]);

const CRON_JOB = "batch/CronJob";
/** Their selector is made for them, and one that is given beside it is held to the template all the same. */
const JOBS: readonly string[] = ["batch/Job", CRON_JOB];

/** The API server refuses such a controller; an older one made pods without end, since none of them ever counted. */
export const selectorMismatch = objectRule({
    id: "selector-mismatch",
    severity: "low",
    title: "Every controller selects the pods that its template makes",
    fix: "give the template the labels of the selector",
    benchmarks: ["Kubernetes: Deployments, selector"],
    controls: [],
    types: [...SCALED, ...kinds("apps/DaemonSet"), ...JOBS],

    check(object) {
        const made = object.value.get("spec", ...object.type === CRON_JOB ? ["jobTemplate", "spec"] : []);
        const given = made.get("selector");
        if (!given.present) {
            return undefined;
        }
        const selector = PLAIN.has(object.type) ? plainSelectorOf(given) : selectorOf(given);
        const labels = JOBS.includes(object.type) ? labelsOf(made.get("template", "metadata", "labels")) : podLabelsOf(object);
        return selector.selects(labels) ? undefined : { message: "does not select the pods that its template makes (selector and labels differ)", at: given.path };
    },
});
