import { valueOf, type Change, type Plain } from "../../../../policies/mend/edits";
import { COMMENTED_ITEM, columnOfFirst, dashesOf, linesBehind, withoutEntries, withoutItems } from "./block";
import { isSpread, withSpans, withoutSpans } from "./flow";
import { Refusal, type Splice } from "./splice";
import { columnOf, lineEnd, lineStart, type Style } from "./style";
import { blockEntry, blockItem, blockLines, flowPair, flowText, isCollection, jsonText, scalarText } from "./write";
import type { YamlNode } from "./tree";

/** Where a value stands: behind the mark that leads it, below the key or dash in this column. */
interface Slot {
    readonly behind: number;
    readonly column: number;
    readonly flow: boolean;
    readonly item: boolean;
}

/** Makes the changes to one document as splices of its text. */
export class Editor {
    readonly splices: Splice[] = [];

    constructor(private readonly text: string, private readonly style: Style) {}

    /** @throws Refusal */
    document(root: YamlNode, change: Change): void {
        this.inside(root, change, { behind: root.outer, column: 0, flow: root.flow, item: false });
    }

    private inside(node: YamlNode, change: Change, slot: Slot): void {
        const fresh = node.flow && node.entries.length + node.items.length === 0 ? valueOf(change) : undefined;
        if (fresh !== undefined && (!slot.flow || this.style.json)) {
            // Brackets around nothing are no style: what comes into them is written as its neighbours are.
            this.fill(node, fresh, slot);
        } else if (node.kind === "mapping") {
            this.mapping(node, change);
        } else if (node.kind === "sequence") {
            this.sequence(node, change);
        } else if (isNothing(node)) {
            this.replace(node, valueOf(change) ?? null, slot);
        } else {
            throw new Refusal(node.kind === "alias" ? "comes from an anchor" : "is a text where more belongs");
        }
    }

    private fill(node: YamlNode, value: Plain, slot: Slot): void {
        const { text, style } = this;
        if (!slot.flow && !slot.item) {
            this.replace(node, value, slot);
            return;
        }
        const line = lineStart(text, node.start);
        const indent = /^ */.exec(text.slice(line))?.[0].length ?? 0;
        const written = style.json && text.trim().includes("\n") ? jsonText(value, style, indent) : flowText(value, style);
        this.splices.push({ start: node.start, end: node.end, text: written });
    }

    private mapping(node: YamlNode, change: Change): void {
        const gone = new Set<number>();
        const fresh: (readonly [string, Plain])[] = [];
        for (const [step, below] of change.below) {
            const at = node.entries.findLastIndex(({ key }) => key.kind === "scalar" && key.text === String(step));
            const entry = node.entries[at];
            if (entry === undefined) {
                const value = valueOf(below);
                fresh.push(...value === undefined ? [] : [[String(step), value] as const]);
            } else if (goes(entry.value, below)) {
                gone.add(at);
            } else {
                const slot = { behind: this.behindColon(entry.key), column: columnOf(this.text, entry.key.outer), flow: node.flow, item: false };
                this.change(entry.value, below, slot);
            }
        }
        this.entries(node, gone, fresh);
    }

    private change(node: YamlNode, change: Change, slot: Slot): void {
        if (change.set === undefined) {
            this.inside(node, change, slot);
        } else {
            this.replace(node, valueOf(change) ?? null, slot);
        }
    }

    private entries(node: YamlNode, gone: ReadonlySet<number>, fresh: readonly (readonly [string, Plain])[]): void {
        const { text, style } = this;
        if (gone.size === 0 && fresh.length === 0) {
            return;
        }
        if (node.flow) {
            const spread = isSpread(text, node);
            const write = (at: number, column: number) => {
                const [key, value] = fresh[at] ?? ["", null];
                return spread && style.json ? `${JSON.stringify(key)}: ${jsonText(value, style, column)}` : flowPair(key, value, style);
            };
            this.flow(node, gone, fresh.length, write);
            return;
        }
        const [first, last] = [node.entries[0], node.entries.at(-1)];
        if (first === undefined || last === undefined || text[first.key.outer] === "?") {
            throw new Refusal("is written in a way that is not edited");
        }
        const column = columnOfFirst(text, node);
        const lines = fresh.flatMap(([key, value]) => blockEntry(key, value, column, style));
        if (gone.size === node.entries.length) {
            this.splices.push({ start: node.start, end: node.end, text: lines.length === 0 ? "{}" : lines.join(style.eol).trimStart() });
            return;
        }
        this.splices.push(...withoutEntries(text, node, gone));
        if (lines.length > 0) {
            this.splices.push(linesBehind(text, Math.max(last.key.end, last.value.end), column, lines, style.eol));
        }
    }

    private flow(node: YamlNode, gone: ReadonlySet<number>, count: number, write: (at: number, column: number) => string): void {
        const all = gone.size === node.entries.length + node.items.length;
        if (gone.size > 0 && !(all && count > 0)) {
            this.splices.push(...withoutSpans(node, gone));
        }
        if (count > 0) {
            this.splices.push(...withSpans(this.text, node, gone, count, this.style, write));
        }
    }

    private sequence(node: YamlNode, change: Change): void {
        const { text, style } = this;
        const dashes = node.flow ? [] : dashesOf(text, node);
        const gone = new Set<number>();
        for (const [step, below] of change.below) {
            const item = typeof step === "number" ? node.items[step] : undefined;
            if (item === undefined) {
                throw new Refusal("is not in the list as it is written");
            }
            if (goes(item, below)) {
                gone.add(step as number);
            } else {
                const dash = dashes[step as number] ?? item.outer - 1;
                this.change(item, below, { behind: dash + 1, column: columnOf(text, dash), flow: node.flow, item: true });
            }
        }
        this.items(node, gone, change.added, style);
    }

    private items(node: YamlNode, gone: ReadonlySet<number>, added: readonly Plain[], style: Style): void {
        const { text } = this;
        const quote = node.items.at(-1)?.quote ?? "";
        if (node.flow) {
            const write = (at: number, column: number) => {
                const item = added[at] ?? null;
                return style.json && isCollection(item) ? jsonText(item, style, column) : isCollection(item) ? flowText(item, style) : scalarText(item, style, quote, true);
            };
            this.flow(node, gone, added.length, write);
            return;
        }
        const column = columnOfFirst(text, node);
        const lines = added.flatMap(item => blockItem(item, column, style, quote));
        if (gone.size === node.items.length && node.items.length > 0) {
            this.splices.push({ start: node.start, end: node.end, text: lines.length === 0 ? "[]" : lines.join(style.eol).trimStart() });
            return;
        }
        this.splices.push(...withoutItems(text, node, gone));
        if (lines.length > 0) {
            this.splices.push(linesBehind(text, node.end, column, lines, style.eol, COMMENTED_ITEM));
        }
    }

    private replace(node: YamlNode, value: Plain, slot: Slot): void {
        const { text, style } = this;
        if (!isCollection(value)) {
            this.scalar(node, value, slot);
            return;
        }
        if (slot.flow) {
            this.splices.push({ start: node.outer, end: node.end, text: flowText(value, style) });
            return;
        }
        if (slot.item) {
            throw new Refusal("is an item that more belongs to");
        }
        const lines = blockLines(value, slot.column, style);
        const single = !text.slice(slot.behind, node.end).includes("\n");
        if (single && /^\s*(?:#.*)?$/.test(text.slice(node.end, lineEnd(text, node.end)))) {
            const end = Math.max(slot.behind, node.end);
            this.splices.push({ start: slot.behind, end, text: "" }, linesBehind(text, end, Number.POSITIVE_INFINITY, lines, style.eol));
        } else {
            this.splices.push({ start: slot.behind, end: node.end, text: style.eol + lines.join(style.eol) });
        }
    }

    private scalar(node: YamlNode, value: Plain, slot: Slot): void {
        if (node.kind === "mapping" || node.kind === "sequence") {
            this.splices.push(node.flow ? { start: node.start, end: node.end, text: flowText(value, this.style) }
                : { start: slot.behind, end: node.end, text: ` ${flowText(value, this.style)}` });
            return;
        }
        const written = isCollectionLike(value) ? flowText(value, this.style) : scalarText(value, this.style, node.quote, slot.flow);
        const empty = node.start === node.end;
        this.splices.push({ start: node.start, end: node.end, text: empty ? ` ${written}` : written });
    }

    private behindColon(key: YamlNode): number {
        return this.text.indexOf(":", key.end) + 1;
    }
}

function isCollectionLike(value: Plain): boolean {
    return typeof value === "object" && value !== null;
}

/** Whether a value says nothing: then it may become anything. */
function isNothing(node: YamlNode): boolean {
    return node.kind === "scalar" && node.quote === "" && /^(?:|~|null|Null|NULL)$/.test(node.text);
}

/** Whether nothing is left of a value once it is changed. */
function goes(node: YamlNode, change: Change): boolean {
    if (change.removed === true) {
        return true;
    }
    if (change.prunable !== true || change.set !== undefined || change.added.length > 0) {
        return false;
    }
    if (node.kind === "sequence") {
        return node.items.length > 0 && node.items.every((item, at) => { const below = change.below.get(at); return below !== undefined && goes(item, below); });
    }
    return node.kind === "mapping" && node.entries.length > 0 && [...change.below.values()].every(below => below.removed === true || below.prunable === true)
        && node.entries.every(({ key, value }) => { const below = change.below.get(key.text); return below !== undefined && goes(value, below); });
}
