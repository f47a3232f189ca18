import { existsSync } from "node:fs";
import { relative } from "node:path";

import { overridesBeside } from "./overrides";
import { readDocuments, isFailure } from "../../cli/check/documents";
import { candidates } from "../../cli/check/files";
import { kindOf } from "../../cli/check/recognise";
import { loadProject } from "../../infra/compose/load";
import { composePieces } from "../../policies/view/compose";
import { kubernetesPieces } from "../../policies/view/kubernetes";
import { Value } from "../../policies/view/value";
import type { Entry, Piece } from "../../policies/view/types";

/** A text with a name, wherever one reaches a container: what is asked about is whether it is a secret. */
export interface Named {
    readonly file: string;
    readonly where: "command" | "config" | "environment" | "label";
    /** Empty for a command. */
    readonly name: string;
    /** The words of a command stand each in a line of JSON. */
    readonly value: string;
}

/** Everything that these files hand to containers: projects as Compose makes them, with env files and variables filled in. */
export function entriesOf(folder: string): Named[] {
    return candidates([folder]).files.flatMap(({ path }) => {
        const read = readDocuments(path);
        return isFailure(read) ? [] : read.documents.flatMap(root => piecesOf(path, root)).flatMap(piece => named(relative(folder, path), piece));
    });
}

function piecesOf(path: string, root: unknown): Piece[] {
    const origin = { path, document: 0, base: [] };
    try {
        switch (kindOf(root)) {
            case "kubernetes":
                return kubernetesPieces(origin, new Value(root, []));
            case "compose":
                return composePieces(origin, new Value(projectOf(path) ?? root, []));
            default:
                return [];
        }
    } catch {
        return [];
    }
}

function projectOf(path: string): unknown {
    try {
        return loadProject({ files: [path, ...overridesBeside(path).filter(existsSync)], environment: {}, profiles: ["*"] }).project;
    } catch {
        return undefined;
    }
}

function named(file: string, piece: Piece): Named[] {
    const of = (where: Named["where"], entries: () => readonly Entry[]): Named[] => readable(entries)
        .flatMap(entry => readable(() => [{ file, where, name: entry.name, value: entry.value ?? "" }])).filter(({ value }) => value !== "");
    const containers = readable(() => piece.workloads.flatMap(workload => workload.containers));
    return [
        ...containers.flatMap(container => [
            ...of("environment", () => container.environment),
            ...of("label", () => container.labels),
            ...command(file, readable(() => container.arguments.map(({ value }) => value ?? ""))),
        ]),
        ...piece.objects.filter(({ type }) => type === "/ConfigMap").flatMap(({ value }) => of("config", () => value.get("data").entries.map(([name, text]) => ({
            name, value: text.text, secret: false, path: text.path,
        })))),
    ];
}

function command(file: string, words: readonly string[]): Named[] {
    return words.length === 0 ? [] : [{ file, where: "command", name: "", value: words.map(word => JSON.stringify(word)).join("\n") }];
}

/** What cannot be read is no entry: the rules say so elsewhere. */
function readable<Item>(read: () => readonly Item[]): readonly Item[] {
    try {
        return read();
    } catch {
        return [];
    }
}
