import { EVENT_ID, type Event, getScalarValue, parseEvents } from "js-yaml";

/** A node of a YAML (or JSON) text and the characters that are its own: `start` to `end`, quotes and brackets included. */
export interface YamlNode {
    readonly kind: "alias" | "mapping" | "scalar" | "sequence";
    readonly start: number;
    readonly end: number;
    /** Whether it is written between brackets. */
    readonly flow: boolean;
    /** `"`, `'`, `|`, or nothing for a plain scalar. */
    readonly quote: string;
    /** Where its anchor and tag begin; `start` where it has none. */
    readonly outer: number;
    /** Its anchor; of an alias the anchor that it stands for. */
    readonly anchor: string | undefined;
    /** A scalar's text. */
    readonly text: string;
    readonly entries: readonly YamlEntry[];
    readonly items: readonly YamlNode[];
}

export interface YamlEntry {
    readonly key: YamlNode;
    readonly value: YamlNode;
}

/**
 * The root nodes of a text's documents; undefined for an empty one.
 * @param text what js-yaml has read without an error
 */
export function treesOf(text: string): (YamlNode | undefined)[] {
    return new Builder(text).documents();
}

interface Draft {
    kind: YamlNode["kind"];
    start: number;
    end: number;
    outer: number;
    flow: boolean;
    quote: string;
    anchor: string | undefined;
    text: string;
    entries: YamlEntry[];
    items: YamlNode[];
}

class Builder {
    private at = 0;
    private readonly events: readonly Event[];
    /** The end of what has been read: where an empty value begins. */
    private cursor = 0;

    constructor(private readonly source: string) {
        this.events = parseEvents(source, { maxDepth: 10_000 });
    }

    documents(): (YamlNode | undefined)[] {
        const documents: (YamlNode | undefined)[] = [];
        while (this.at < this.events.length) {
            this.at++;
            documents.push(this.ended() ? undefined : this.node());
            this.at++;
        }
        return documents;
    }

    private ended(): boolean {
        return this.events[this.at]?.type === EVENT_ID.POP;
    }

    private node(): YamlNode {
        const event = this.events[this.at++] as Event;
        const draft: Draft = { kind: "scalar", start: this.cursor, end: this.cursor, outer: this.cursor, flow: false, quote: "", anchor: undefined, text: "", entries: [], items: [] };
        switch (event.type) {
            case EVENT_ID.ALIAS:
                this.properties(draft, event);
                Object.assign(draft, { kind: "alias", start: event.anchorStart - 1, end: event.anchorEnd, outer: event.anchorStart - 1 });
                break;
            case EVENT_ID.SCALAR:
                this.properties(draft, event);
                this.scalar(draft, event);
                break;
            case EVENT_ID.MAPPING:
            case EVENT_ID.SEQUENCE:
                Object.assign(draft, { kind: event.type === EVENT_ID.MAPPING ? "mapping" : "sequence", start: event.start, outer: event.start, flow: event.style === 2 });
                this.properties(draft, event);
                this.cursor = event.start + (draft.flow ? 1 : 0);
                this.children(draft);
                draft.end = draft.flow ? this.closing() : this.cursor;
        }
        this.cursor = Math.max(this.cursor, draft.end);
        return draft;
    }

    private properties(draft: Draft, event: { readonly anchorStart: number; readonly anchorEnd: number; readonly tagStart?: number; readonly tagEnd?: number }): void {
        const anchored = event.anchorStart >= 0;
        draft.anchor = anchored ? this.source.slice(event.anchorStart, event.anchorEnd) : undefined;
        const starts = [anchored ? event.anchorStart - 1 : -1, event.tagStart ?? -1].filter(start => start >= 0);
        const ends = [event.anchorEnd, event.tagEnd ?? -1].filter(end => end >= 0);
        if (starts.length > 0) {
            draft.outer = Math.min(...starts);
            // An empty value stands behind its anchor.
            draft.end = Math.max(...ends);
            draft.start = draft.kind === "scalar" ? draft.end : draft.start;
        }
    }

    private scalar(draft: Draft, event: Extract<Event, { type: typeof EVENT_ID.SCALAR }>): void {
        draft.text = getScalarValue(this.source, event);
        if (event.valueStart < 0) {
            draft.outer = Math.min(draft.outer, draft.start);
            return;
        }
        const quoted = event.style === 2 || event.style === 3;
        draft.quote = event.style === 2 ? "'" : event.style === 3 ? "\"" : event.style === 1 ? "" : "|";
        draft.start = quoted ? event.valueStart - 1 : event.valueStart;
        draft.end = quoted ? event.valueEnd + 1 : event.valueEnd;
        if (draft.quote === "|") {
            // The text does not say where the head of a block is: it is behind what was read before.
            draft.start = this.skip(this.cursor);
            draft.end = event.valueStart + this.source.slice(event.valueStart, event.valueEnd).trimEnd().length;
        }
        draft.outer = draft.anchor !== undefined || event.tagStart >= 0 ? Math.min(draft.outer, draft.start) : draft.start;
    }

    private children(draft: Draft): void {
        while (!this.ended()) {
            if (draft.kind === "sequence") {
                this.pass(draft.flow ? "" : "-");
                draft.items.push(this.node());
            } else {
                const key = this.node();
                this.pass(":");
                draft.entries.push({ key, value: this.node() });
            }
        }
        this.at++;
    }

    /** Goes behind the mark that leads a value, where there is one. */
    private pass(mark: string): void {
        const at = this.skip(this.cursor, ",");
        if (mark !== "" && this.source[at] === mark) {
            this.cursor = at + 1;
        }
    }

    /** The end of the brackets that the last value stood in. */
    private closing(): number {
        return this.skip(this.cursor, ",") + 1;
    }

    /** Goes over spaces, line ends, comments, and what else is named. */
    private skip(from: number, also = ""): number {
        let at = from;
        for (;;) {
            const character = this.source[at] ?? "";
            if (character === "#" && /\s|^$/.test(this.source[at - 1] ?? "")) {
                const end = this.source.indexOf("\n", at);
                at = end < 0 ? this.source.length : end;
            } else if (character !== "" && (/[\s\uFEFF]/.test(character) || also.includes(character))) {
                at++;
            } else {
                return at;
            }
        }
    }
}
