import { EVENT_ID, type Event, getScalarValue, parseEvents } from "js-yaml";

import type { Spot } from "../../policies/judge";
import type { Path } from "../../policies/view/unfinished";

/** A node of a document: where it starts and what is below it. */
interface Node {
    readonly offset: number;
    readonly children: Map<string | number, Node>;
    /** Mappings that `<<` merges in, the nearest first. */
    readonly merged: Node[];
}

/**
 * Finds where values of a YAML (or JSON) text were written: line and column, from 1, of the value's key. What was not
 * written has the place of the nearest that was. The text is walked when the first place is asked for.
 * @param text what js-yaml has read without an error
 */
export function placesIn(text: string): (document: number, path: Path) => Spot | undefined {
    const file: Walked = { documents: [], starts: [] };
    return (document, path) => {
        if (file.starts.length === 0) {
            file.documents = new Walker(text).documents();
            file.starts = lineStarts(text);
            remember(file);
        }
        const root = file.documents[document];
        return root === undefined ? undefined : lineAndColumn(file.starts, nearest(root, path).offset);
    };
}

/** A text that was walked; nothing where it was not, or was forgotten. */
interface Walked {
    documents: readonly Node[];
    starts: readonly number[];
}

/** Findings come file by file: those walked last are kept, since all of thousands would take more memory than all else. */
const KEPT = 16;
const walked: Walked[] = [];

function remember(file: Walked): void {
    walked.push(file);
    const oldest = walked.length > KEPT ? walked.shift() : undefined;
    if (oldest !== undefined) {
        oldest.documents = [];
        oldest.starts = [];
    }
}

function nearest(root: Node, path: Path): Node {
    let node = root;
    for (const step of path) {
        const next = childOf(node, step);
        if (next === undefined) {
            return node;
        }
        node = next;
    }
    return node;
}

function childOf(node: Node, step: string | number): Node | undefined {
    return node.children.get(step) ?? node.children.get(String(step)) ?? firstOf(node.merged, merged => childOf(merged, step));
}

function firstOf<Item, Result>(items: readonly Item[], find: (item: Item) => Result | undefined): Result | undefined {
    for (const item of items) {
        const found = find(item);
        if (found !== undefined) {
            return found;
        }
    }
    return undefined;
}

/** Builds the nodes of a text from js-yaml's flat list of events. */
class Walker {
    private at = 0;
    private readonly events: readonly Event[];
    private anchors = new Map<string, Node>();

    constructor(private readonly text: string) {
        this.events = parseEvents(text, { maxDepth: 10_000 });
    }

    documents(): Node[] {
        const documents: Node[] = [];
        while (this.at < this.events.length) {
            this.at++;
            this.anchors = new Map();
            documents.push(this.peek()?.type === EVENT_ID.POP ? { offset: 0, children: new Map(), merged: [] } : this.node());
            this.at++;
        }
        return documents;
    }

    private peek(): Event | undefined {
        return this.events[this.at];
    }

    /** @param offset where the key stands, for the value of a mapping */
    private node(offset?: number): Node {
        const event = this.events[this.at++] as Event;
        const node: Node = { offset: offset ?? offsetOf(event), children: new Map(), merged: [] };
        if (event.type === EVENT_ID.ALIAS) {
            const target = this.anchors.get(this.text.slice(event.anchorStart, event.anchorEnd));
            return target === undefined ? node : { ...target, offset: node.offset };
        }
        if ("anchorStart" in event && event.anchorStart >= 0) {
            this.anchors.set(this.text.slice(event.anchorStart, event.anchorEnd), node);
        }
        if (event.type === EVENT_ID.MAPPING) {
            this.pairs(node);
        } else if (event.type === EVENT_ID.SEQUENCE) {
            for (let index = 0; this.peek()?.type !== EVENT_ID.POP; index++) {
                node.children.set(index, this.node());
            }
            this.at++;
        }
        return node;
    }

    private pairs(node: Node): void {
        while (this.peek()?.type !== EVENT_ID.POP) {
            const key = this.peek() as Event;
            const keyNode = this.node();
            const value = this.node(keyNode.offset);
            const name = key.type === EVENT_ID.SCALAR ? getScalarValue(this.text, key) : "";
            if (name === "<<") {
                // A list of mappings is merged in order; a single one is a list of one.
                const list = [...value.children.keys()].every(step => typeof step === "number") && value.children.size > 0;
                node.merged.push(...list ? value.children.values() : [value]);
            } else {
                node.children.set(name, value);
            }
        }
        this.at++;
    }
}

function offsetOf(event: Event): number {
    switch (event.type) {
        case EVENT_ID.SCALAR:
            return event.valueStart;
        case EVENT_ID.ALIAS:
            return event.anchorStart;
        case EVENT_ID.MAPPING:
        case EVENT_ID.SEQUENCE:
            return event.start;
        default:
            return 0;
    }
}

function lineStarts(text: string): number[] {
    const starts = [0];
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) {
        starts.push(at + 1);
    }
    return starts;
}

function lineAndColumn(starts: readonly number[], offset: number): Spot {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
        const middle = (low + high + 1) >> 1;
        if ((starts[middle] ?? 0) <= offset) {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
}
