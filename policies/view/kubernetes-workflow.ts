import { Value } from "./value";
import type { Listed, Template } from "./kubernetes-pod";
import type { Path } from "./unfinished";

/** Where Argo Workflows keep what a workflow is; by type. */
const WORKFLOWS: Readonly<Record<string, readonly string[]>> = {
    "argoproj.io/Workflow": ["spec"], "argoproj.io/WorkflowTemplate": ["spec"], "argoproj.io/ClusterWorkflowTemplate": ["spec"],
    "argoproj.io/CronWorkflow": ["spec", "workflowSpec"],
};
const LISTS = [[["initContainers"], "init container"], [["containerSet", "containers"], "container"], [["sidecars"], "container"]] as const;

/** A value some of whose parts are elsewhere. */
class Composed extends Value {
    constructor(private readonly base: Value, private readonly parts: Readonly<Record<string, () => Value>>, path: Path) {
        super({}, path);
    }

    override get(...keys: readonly string[]): Value {
        const [first = "", ...others] = keys;
        const part = Object.hasOwn(this.parts, first) ? this.parts[first] : undefined;
        return part === undefined ? this.base.get(...keys) : part().get(...others);
    }
}

/**
 * The pods of an Argo workflow as one template: its steps run in pods that share what the workflow says of all of them.
 * Undefined for any other type. Fields as in Argo Workflows' API 3.6.
 */
export function workflowTemplate(root: Value, type: string): Template | undefined {
    const way = Object.hasOwn(WORKFLOWS, type) ? WORKFLOWS[type] : undefined;
    if (way === undefined) {
        return undefined;
    }
    const spec = root.get(...way);
    const templates = () => spec.get("templates").items;
    return {
        pod: new Composed(root, { spec: () => spec, metadata: () => spec.get("podMetadata") }, root.path),
        spec,
        listed: () => templates().flatMap(template => containersIn(template, spec)),
        volumes: () => [spec, ...templates()].flatMap(holder => holder.known ? holder.get("volumes").items : [holder]),
    };
}

function containersIn(template: Value, spec: Value): readonly Listed[] {
    if (!template.known) {
        return [{ container: template, spec, slot: { word: "container", at: 0, list: "containers" } }];
    }
    const context = () => template.get("securityContext").present ? template.get("securityContext") : spec.get("securityContext");
    const step = new Composed(spec, { securityContext: context }, spec.path);
    const given = template.get("name");
    const name = given.known ? given.text : undefined;
    const single = ["container", "script"].map(key => template.get(key)).filter(container => !container.known || container.present)
        .map((container, at): Listed => ({ container, spec: step, slot: { word: "container", at, list: "containers", name } }));
    const listed = LISTS.flatMap(([keys, word]) => template.get(...keys).items
        .map((container, at): Listed => ({ container, spec: step, slot: { word, at, list: word === "container" ? "containers" : "initContainers" } })));
    return [...single, ...listed];
}
