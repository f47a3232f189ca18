import { basename } from "node:path";

import type { ResourceInFile } from "../../policies/sources";

type Mapping = Readonly<Record<string, unknown>>;

/** What a document is; undefined where it is nothing that the rules know. */
export type Kind = "compose" | "kubernetes" | "pulumi" | "empty" | undefined;

/** Tells by content: names of files say little. */
export function kindOf(document: unknown): Kind {
    if (document === null || document === undefined) {
        return "empty";
    }
    if (!isMapping(document)) {
        return undefined;
    }
    if (typeof document["apiVersion"] === "string" || typeof document["kind"] === "string" && ("metadata" in document || "items" in document)) {
        return "kubernetes";
    }
    if (resourceList(document) !== undefined) {
        return "pulumi";
    }
    const composed = ["services", "include"].some(key => key in document)
        && Object.keys(document).every(key => COMPOSE_KEYS.has(key) || key.startsWith("x-"));
    return composed ? "compose" : undefined;
}

const COMPOSE_KEYS: ReadonlySet<string> = new Set(["name", "version", "services", "networks", "volumes", "secrets", "configs", "include", "models"]);

const DOCKERFILE = /^(?:Dockerfile|Containerfile)(?:\.[^/]+)?$|\.(?:Dockerfile|Containerfile)$/i;
/** Files beside a Dockerfile that have its name in theirs, and YAML or JSON, whose content tells what they are. */
const OTHER = /\.(?:dockerignore|containerignore|ya?ml|json|md)$/i;

/** Whether a file is a Dockerfile by its name: `Dockerfile`, `Containerfile`, `Dockerfile.web`, `web.Dockerfile`. */
export function isDockerfileName(path: string): boolean {
    return DOCKERFILE.test(basename(path)) && !isOtherByName(path);
}

/** Whether a file's name says that it is no Dockerfile. */
export function isOtherByName(path: string): boolean {
    return OTHER.test(path);
}

function isMapping(value: unknown): value is Mapping {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The list of resources in the output of Pulumi's CLI or of `portcullis preview`, with the way to it. */
function resourceList(document: Mapping): readonly [way: readonly string[], list: readonly unknown[]] | undefined {
    const { deployment, steps, resources } = document;
    if (isMapping(deployment) && ("manifest" in deployment || "resources" in deployment)) {
        return [["deployment", "resources"], listOf(deployment["resources"])];
    }
    if (Array.isArray(steps) && steps.every(step => isMapping(step) && typeof step["op"] === "string")) {
        return [["steps"], steps];
    }
    return Array.isArray(resources) && resources.every(resource => isMapping(resource) && typeof resource["type"] === "string") ? [["resources"], resources] : undefined;
}

function listOf(value: unknown): readonly unknown[] {
    return Array.isArray(value) ? value : [];
}

/** Operations that leave nothing behind. */
const GONE: ReadonlySet<unknown> = new Set(["delete", "delete-replaced", "discard", "discard-replaced", "remove-pending-replace"]);

/** The resources of `pulumi preview --json`, `pulumi stack export` or `portcullis preview --format json`. */
export function resourcesOf(path: string, document: unknown): ResourceInFile[] {
    const [way, list] = isMapping(document) ? resourceList(document) ?? [[], []] : [[], []];
    return list.flatMap((entry, at) => {
        if (!isMapping(entry) || GONE.has(entry["op"]) || entry["delete"] === true) {
            return [];
        }
        const stepped = way[0] === "steps";
        const state = stepped ? entry["newState"] : entry;
        return isMapping(state) ? [resourceAt(path, [...way, at, ...stepped ? ["newState"] : []], state)] : [];
    });
}

function resourceAt(path: string, base: readonly (string | number)[], state: Mapping): ResourceInFile {
    const urn = textOf(state["urn"]);
    return {
        path,
        base: [...base, "inputs"],
        resource: {
            urn, type: textOf(state["type"]),
            name: textOf(state["name"]) || (urn.split("::").at(-1) ?? ""),
            inputs: isMapping(state["inputs"]) ? state["inputs"] : {},
            ignoreChanges: listOf(state["ignoreChanges"]).map(textOf),
        },
    };
}

function textOf(value: unknown): string {
    return typeof value === "string" ? value : "";
}
