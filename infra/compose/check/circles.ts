import type { DataObject } from "../typed/kind";
import type { TypedProject } from "../project";
import type { Report } from "./consistency";

/** Reports services that depend on each other in a circle, once. */
export function checkCircles(project: TypedProject, report: Report): void {
    const done = new Set<string>();
    for (const name of Object.keys(project.parts.services)) {
        const circle = findCircle(project, name, [], done);
        if (circle !== undefined) {
            const [first = "", second = ""] = circle;
            report(["services", first, "depends_on", second], "closes a circle", { got: circle.join(" needs ") });
            return;
        }
    }
}

function findCircle(project: TypedProject, name: string, path: readonly string[], done: Set<string>): string[] | undefined {
    if (path.includes(name)) {
        return [...path.slice(path.indexOf(name)), name];
    }
    if (done.has(name)) {
        return undefined;
    }
    const service = project.parts.services[name] as DataObject | undefined;
    for (const next of Object.keys((service?.["depends_on"] ?? {}) as DataObject)) {
        const circle = findCircle(project, next, [...path, name], done);
        if (circle !== undefined) {
            return circle;
        }
    }
    done.add(name);
    return undefined;
}
