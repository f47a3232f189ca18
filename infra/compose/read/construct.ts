import type { Mapping, Value } from "../value";
import type { Node } from "./node";
import { SyntaxFault } from "./node";
import { isTextKey, scalarValue } from "./scalar";

/** How many values a document may hold once its aliases are followed. */
const MAX_VALUES = 500_000;

interface Construction {
    /** Values made so far, and how many of them through aliases. */
    count: number;
    aliased: number;
    /** Aliases that are being followed. */
    readonly open: Set<Node>;
}

/**
 * The plain value of a document: aliases followed, merge keys merged, keys made texts.
 * @throws SyntaxFault for a key that is no text, an alias to itself, or aliases that multiply without bound
 */
export function constructValue(root: Node): Value {
    return construct(root, { count: 0, aliased: 0, open: new Set() });
}

function construct(node: Node, state: Construction): Value {
    state.count++;
    if (state.open.size > 0) {
        state.aliased++;
    }
    if (state.count > MAX_VALUES || state.aliased > 100 && state.count > 1000 && state.aliased / state.count > 0.99) {
        throw new SyntaxFault("the aliases of the file multiply its content without bound", node.offset);
    }
    switch (node.kind) {
        case "scalar":
            return scalarValue(node);
        case "sequence":
            return node.content.filter(item => !isMergeKey(item)).map(item => construct(item, state));
        case "alias":
            return followed(node, state, target => construct(target, state));
        case "mapping": {
            const map: Mapping = new Map();
            fill(map, node, state, undefined);
            return map;
        }
    }
}

function followed<T>(alias: Node, state: Construction, use: (target: Node) => T): T {
    const target = alias.target as Node;
    if (state.open.has(target)) {
        throw new SyntaxFault(`the anchor ${alias.value} contains itself`, alias.offset);
    }
    state.open.add(target);
    const result = use(target);
    state.open.delete(target);
    return result;
}

/** Puts the pairs of a mapping into `map`; with `taken`, only those whose key is not in it yet, as a merge does. */
function fill(map: Mapping, node: Node, state: Construction, taken: Set<string> | undefined): void {
    let merge: Node | undefined;
    const seen = new Set<string>();
    for (let at = 0; at < node.content.length; at += 2) {
        const [key, value] = [node.content[at], node.content[at + 1]] as [Node, Node];
        if (seen.has(key.value)) {
            throw new SyntaxFault(`the key ${key.value} stands twice in one mapping`, key.offset);
        }
        seen.add(key.value);
        if (isMergeKey(key)) {
            merge = value;
            continue;
        }
        const name = keyText(key, taken !== undefined);
        if (taken !== undefined) {
            if (taken.has(name)) {
                continue;
            }
            taken.add(name);
        }
        // Where a value is expected, a merge key is nothing.
        if (!isMergeKey(value)) {
            map.set(name, construct(value, state));
        }
    }
    if (merge !== undefined) {
        mergeInto(map, merge, state, taken ?? new Set(map.keys()));
    }
}

function mergeInto(map: Mapping, merge: Node, state: Construction, taken: Set<string>): void {
    if (merge.kind === "mapping") {
        fill(map, merge, state, taken);
    } else if (merge.kind === "alias" && merge.target?.kind === "mapping") {
        followed(merge, state, target => { fill(map, target, state, taken); });
    } else if ((merge.kind === "alias" ? merge.target : merge)?.kind === "sequence") {
        for (const item of (merge.target ?? merge).content) {
            if ((item.target ?? item).kind !== "mapping") {
                throw new SyntaxFault("<< takes a mapping or a list of mappings", item.offset);
            }
            mergeInto(map, item, state, taken);
        }
    } else {
        throw new SyntaxFault("<< takes a mapping or a list of mappings", merge.offset);
    }
}

/** Whether a key is YAML's merge key. */
export function isMergeKey(key: Node): boolean {
    return key.kind === "scalar" && (key.tag === "!!merge" || key.tag === "" && key.plain && key.value === "<<");
}

function keyText(key: Node, merged: boolean): string {
    const scalar = key.kind === "alias" ? key.target as Node : key;
    if (scalar.kind !== "scalar" || !merged && !isTextKey(scalar)) {
        throw new SyntaxFault(`the key ${scalar.kind === "scalar" ? scalar.value : ""} is not a text; put it in quotes`, key.offset);
    }
    return merged ? scalar.value : scalarValue(scalar) as string;
}
