import { basename, dirname, join } from "node:path";

/** The override that Docker Compose merges into a file of one of its own names, unasked. */
export function overridesBeside(path: string): string[] {
    const [, prefix] = /^(docker-)?compose\.ya?ml$/.exec(basename(path)) ?? [undefined, undefined];
    return /^(?:docker-)?compose\.ya?ml$/.test(basename(path)) ? ["yml", "yaml"].map(ending => join(dirname(path), `${prefix ?? ""}compose.override.${ending}`)) : [];
}
