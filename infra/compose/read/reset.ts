import type { Path } from "../../model/problem";
import { type Mapping, type Value, isMapping } from "../value";
import type { Node } from "./node";
import { SyntaxFault } from "./node";

/** Paths of the values that a file resets or overrides: what earlier files wrote there is dropped. */
export type Resets = readonly (readonly string[])[];

/** How many nodes are visited at most. */
const MAX_VISITS = 100_000;

interface Search {
    readonly found: string[][];
    readonly done: Map<Node, string[][]>;
    readonly open: Set<Node>;
    visits: number;
}

/**
 * Takes every value tagged `!reset` out of a document and tells where it stood, as also where `!override` stands.
 * Refuses a key that stands twice in a mapping.
 * @throws SyntaxFault
 */
export function takeResets(root: Node): Resets {
    const search: Search = { found: [], done: new Map(), open: new Set(), visits: 0 };
    visit(root, [], search);
    return search.found;
}

/** Whether the node stays in the document. */
function visit(node: Node, path: string[], search: Search): boolean {
    if (++search.visits > MAX_VISITS) {
        throw new SyntaxFault(`the file has more than ${MAX_VISITS} values`, node.offset);
    }
    const target = node.target ?? node;
    if (target.tag === "!reset" || target.tag === "!override") {
        search.found.push(path);
        return target.tag === "!override";
    }
    if (target.kind === "scalar") {
        return true;
    }
    const known = search.done.get(target);
    if (known !== undefined) {
        search.found.push(...known.map(rest => [...path, ...rest]));
        return true;
    }
    if (search.open.has(target)) {
        throw new SyntaxFault(`the anchor ${node.value} contains itself`, node.offset);
    }
    search.open.add(target);
    const before = search.found.length;
    target.content = target.kind === "sequence" ? itemsLeft(target, path, search) : pairsLeft(target, path, search);
    search.open.delete(target);
    search.done.set(target, search.found.slice(before).map(found => found.slice(path.length)));
    return true;
}

function itemsLeft(sequence: Node, path: string[], search: Search): Node[] {
    return sequence.content.filter((item, at) => visit(item, [...path, String(at)], search));
}

function pairsLeft(mapping: Node, path: string[], search: Search): Node[] {
    const seen = new Map<string, Node>();
    const left: Node[] = [];
    for (let at = 0; at < mapping.content.length; at += 2) {
        const [key, value] = [mapping.content[at], mapping.content[at + 1]] as [Node, Node];
        if (seen.has(key.value)) {
            throw new SyntaxFault(`the key ${key.value} stands twice in one mapping`, key.offset);
        }
        seen.set(key.value, key);
        // A merge key puts its content where it stands itself.
        if (visit(value, key.value === "<<" && path.length > 0 ? path : [...path, key.value], search)) {
            left.push(key, value);
        }
    }
    return left;
}

/** Drops from a project, in place, what stands at the paths. Items of lists are never dropped. */
export function applyResets(resets: Resets, project: Value): void {
    if (resets.length === 0) {
        return;
    }
    drop(project, [], resets);
}

function drop(value: Value, path: Path, resets: Resets): void {
    if (isMapping(value)) {
        dropKeys(value, path, resets);
    } else if (Array.isArray(value)) {
        value.forEach((item, at) => { drop(item, [...path, at], resets); });
    }
}

function dropKeys(map: Mapping, path: Path, resets: Resets): void {
    for (const [key, value] of map) {
        const here = [...path, key];
        if (resets.some(reset => reset.length === here.length
            && reset.every((step, at) => step === here[at] || step === "*"))) {
            map.delete(key);
        } else {
            drop(value, here, resets);
        }
    }
}
