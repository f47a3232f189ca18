import type { RegisteredResource } from "./run";

// How Pulumi writes secrets and unknown values where values of its SDK go over the wire.
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
const UNKNOWN = new Set([
    "04da6b54-80e4-46f7-96ec-b56ff0331ba9", // a text, and whatever has no mark of its own
    "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7", // a truth value
    "3eeb2bf0-c639-47a8-9e75-3b44932eb421", // a number
    "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2", // a list
    "d1b5ec31-8d15-4cc4-b8c0-a3ba4e1c1f4b", // an object
]);

/** A registered resource as `preview --format json` prints it. */
export interface ShownResource {
    readonly urn: string;
    readonly type: string;
    readonly name: string;
    readonly inputs: unknown;
}

/** Takes the secrets out of a resource. */
export function showResource({ urn, type, name, inputs }: RegisteredResource): ShownResource {
    return { urn, type, name, inputs: showValue(inputs) };
}

/** A value for printing: `[secret]` and `[unknown]` stand for what must not or cannot be shown. */
export function showValue(value: unknown): unknown {
    if (typeof value === "string") {
        return UNKNOWN.has(value) ? "[unknown]" : value;
    }
    if (Array.isArray(value)) {
        return value.map(showValue);
    }
    if (typeof value === "object" && value !== null) {
        if ((value as Record<string, unknown>)[SIGNATURE] === SECRET) {
            return "[secret]";
        }
        return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, showValue(each)]));
    }
    return value;
}

/** The resources as a tree of text lines: every one below what it is a part of. */
export function resourceTree(resources: readonly RegisteredResource[]): string[] {
    const children = new Map<string | undefined, RegisteredResource[]>();
    for (const resource of resources) {
        children.set(resource.parent, [...children.get(resource.parent) ?? [], resource]);
    }
    const below = (parent: string | undefined, indent: string): string[] => {
        const siblings = children.get(parent) ?? [];
        return siblings.flatMap((resource, at) => {
            const last = at === siblings.length - 1;
            const [branch, next] = parent === undefined ? ["", ""] : last ? ["└─ ", "   "] : ["├─ ", "│  "];
            return [`${indent}${branch}${shortType(resource.type)} ${resource.name}`, ...below(resource.urn, indent + next)];
        });
    };
    return below(undefined, "");
}

/** `docker:index/container:Container` is `docker:Container` to a reader. */
function shortType(type: string): string {
    const [provider = "", module = "", name = ""] = type.split(":");
    return ["docker", "random"].includes(provider) && module.startsWith("index/") ? `${provider}:${name}` : type.replace(/^pulumi-nodejs:/, "");
}
