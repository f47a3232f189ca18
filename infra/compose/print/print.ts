import { type Problem, formatPath, refuseProblems } from "../../model/problem";
import type { LoadedProject } from "../load";
import { projectYaml } from "../project";
import type { Data, DataObject } from "../typed/kind";
import { toYaml } from "./yaml";

/** Characters that Go's JSON escapes though JSON need not. */
const ESCAPED = /[<>&\u2028\u2029]/g;

/**
 * The text that `docker compose config` prints: each `$` doubled, so that it can be loaded again.
 * @throws ProblemsError for what JSON cannot hold
 * @param format `yaml` also holds the extensions and models that JSON leaves out
 */
export function printProject(loaded: LoadedProject, format: "json" | "yaml"): string {
    if (format === "json") {
        refuseProblems(sshPaths(loaded));
    }
    const text = format === "yaml" ? toYaml(projectYaml(loaded.typed)) : toJson(loaded.project);
    return text.replaceAll("$", "$$$$");
}

/** Docker Compose fails to write these as JSON: there is no form to agree with. */
function sshPaths(loaded: LoadedProject): Problem[] {
    const { services, jobs } = loaded.typed.parts;
    const all = [...Object.entries(services).map(entry => ["services", ...entry] as const), ...Object.entries(jobs).map(entry => ["jobs", ...entry] as const)];
    return all.flatMap(([kind, name, container]) => {
        const build = (container as DataObject)["build"] as DataObject | undefined;
        const path = [kind, name, "build", "ssh"];
        return !((build?.["ssh"] ?? []) as string[]).some(key => key.includes("=")) ? [] : [{
            place: loaded.locate(path), subject: formatPath(path), fault: "holds a key with a path, which Docker Compose cannot print as JSON",
            remedy: "use --format yaml",
        }];
    });
}

function toJson(data: Data): string {
    return writeJson(data, "").replace(ESCAPED, character => `\\u${(character.codePointAt(0) as number).toString(16).padStart(4, "0")}`);
}

function writeJson(data: Data, indent: string): string {
    if (typeof data !== "object" || data === null) {
        return JSON.stringify(data);
    }
    const deeper = `${indent}  `;
    const parts = Array.isArray(data) ? data.map(item => writeJson(item, deeper))
        : keysInOrder(data).map(key => `${JSON.stringify(key)}: ${writeJson(data[key] as Data, deeper)}`);
    const [open, close] = Array.isArray(data) ? ["[", "]"] : ["{", "}"];
    return parts.length === 0 ? open + close : `${open}\n${parts.map(part => deeper + part).join(",\n")}\n${indent}${close}`;
}

/** JavaScript puts keys that look like numbers first; only mappings with keys of the user's have such, and they are sorted. */
function keysInOrder(data: DataObject): string[] {
    const keys = Object.keys(data);
    return keys.some(key => /^\d+$/.test(key)) ? keys.sort() : keys;
}
