import type { YamlNode } from "./tree";
import type { Path } from "../../../../policies/view/unfinished";

/** Where an anchored node is used: as the value at a path, or merged into the mapping at a path. */
export interface Use {
    readonly path: Path;
    readonly merge: boolean;
}

/** Something that is written in one place and counts in several. */
export interface Shared {
    /** The way to where it is written. */
    readonly path: Path;
    readonly node: YamlNode;
    readonly uses: Use[];
    /** Whether it counts where it is written; what stands under `x-…` only counts where it is used. */
    readonly live: boolean;
}

/** Where a path leaves what is written at its own place. */
export interface Crossing {
    readonly shared: Shared;
    /** How many steps of the path are the user's own. */
    readonly depth: number;
    readonly merge: boolean;
    /** Whether what is shared has no such key either. */
    readonly missing: boolean;
}

/** The anchors of one document. */
export class Anchors {
    private readonly targets = new Map<YamlNode, Shared>();

    constructor(private readonly root: YamlNode) {
        this.walk(root, [], new Map());
    }

    private walk(node: YamlNode, path: Path, known: Map<string, Shared>): void {
        if (node.kind === "alias") {
            this.use(node, { path, merge: false }, known);
            return;
        }
        if (node.anchor !== undefined) {
            known.set(node.anchor, { path, node, uses: [], live: !/^(?:x-|\.)/.test(String(path[0] ?? "")) });
        }
        for (const { key, value } of node.entries) {
            if (isMergeKey(key)) {
                mergedIn(value).forEach(alias => { this.use(alias, { path, merge: true }, known); });
            } else {
                this.walk(value, [...path, key.text], known);
            }
        }
        node.items.forEach((item, at) => { this.walk(item, [...path, at], known); });
    }

    private use(alias: YamlNode, use: Use, known: ReadonlyMap<string, Shared>): void {
        const shared = known.get(alias.anchor ?? "");
        if (alias.kind === "alias" && shared !== undefined) {
            shared.uses.push(use);
            this.targets.set(alias, shared);
        }
    }

    /**
     * The first place where a path leads into something shared; undefined where all of it is written at its own place.
     * @param whole whether the value at the end of the path is changed inside, and not replaced
     */
    crossing(path: Path, whole: boolean): Crossing | undefined {
        let node: YamlNode | undefined = this.root;
        for (let depth = 0; depth <= path.length && node !== undefined; depth++) {
            const shared = this.targets.get(node);
            if (shared !== undefined && (depth < path.length || whole)) {
                return { shared, depth, merge: false, missing: false };
            }
            const step = path[depth];
            if (step === undefined) {
                return undefined;
            }
            const next: YamlNode | undefined = childOf(node, step);
            if (next === undefined && node.kind === "mapping") {
                return this.merged(node, step, depth);
            }
            node = next;
        }
        return undefined;
    }

    private merged(node: YamlNode, step: string | number, depth: number): Crossing | undefined {
        const merged = this.mergesOf(node);
        const having = merged.find(shared => this.has(shared.node, step));
        const shared = having ?? merged[0];
        return shared === undefined ? undefined : { shared, depth, merge: true, missing: having === undefined };
    }

    private mergesOf(node: YamlNode): Shared[] {
        return node.entries.filter(({ key }) => isMergeKey(key)).flatMap(({ value }) => mergedIn(value)).flatMap(alias => this.targets.get(alias) ?? []);
    }

    private has(node: YamlNode, step: string | number, seen = new Set<YamlNode>()): boolean {
        if (seen.has(node)) {
            return false;
        }
        seen.add(node);
        return childOf(node, step) !== undefined || this.mergesOf(node).some(shared => this.has(shared.node, step, seen));
    }
}

function childOf(node: YamlNode, step: string | number): YamlNode | undefined {
    return node.kind === "sequence" ? node.items[Number(step)] : node.entries.findLast(({ key }) => key.text === String(step) && !isMergeKey(key))?.value;
}

function isMergeKey(key: YamlNode): boolean {
    return key.kind === "scalar" && key.quote === "" && key.text === "<<";
}

function mergedIn(value: YamlNode): readonly YamlNode[] {
    return value.kind === "sequence" ? value.items : [value];
}
