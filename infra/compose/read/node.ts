import { EVENT_ID, type Event, SCALAR_STYLE, YAMLException, getScalarValue, parseEvents } from "js-yaml";

/** A node of a YAML document with the offset in the text where it was written. */
export interface Node {
    readonly kind: "scalar" | "sequence" | "mapping" | "alias";
    readonly offset: number;
    /** As written, shortened to `!!str` for YAML's own; empty where there is none. */
    readonly tag: string;
    /** Text of a scalar, name of an alias. */
    readonly value: string;
    /** Whether a scalar stands without quotes, so that its type follows from its looks. */
    readonly plain: boolean;
    /** Items of a sequence; keys and values in turn of a mapping. */
    content: Node[];
    /** What an alias stands for. */
    readonly target?: Node;
}

/** Thrown for text that is not YAML: what is wrong and where. */
export class SyntaxFault extends Error {
    constructor(message: string, readonly offset: number) {
        super(message);
    }
}

const MAX_DEPTH = 400;
const YAML_TAG = "tag:yaml.org,2002:";

/**
 * Reads all documents of a YAML text; an empty document is left out.
 * @throws SyntaxFault
 */
export function parseDocuments(text: string): Node[] {
    const { events, text: padded, original } = tolerantEvents(text);
    const documents: Node[] = [];
    let at = 0;
    while (at < events.length) {
        const document = events[at++];
        if (document?.type !== EVENT_ID.DOCUMENT) {
            continue;
        }
        const composer: Composer = { text: padded, original, events, at, anchors: new Map(), handles: handlesOf(document) };
        if (events[at]?.type !== EVENT_ID.POP) {
            documents.push(compose(composer));
        }
        at = composer.at + 1;
    }
    return documents;
}

interface Composer {
    readonly text: string;
    /** The offset in the file of an offset in the text. */
    readonly original: (offset: number) => number;
    readonly events: readonly Event[];
    at: number;
    readonly anchors: Map<string, Node>;
    readonly handles: ReadonlyMap<string, string>;
}

/** How many lines may be indented less than YAML asks for inside brackets and quotes, and how far they are pushed. */
const MAX_PADDED_LINES = 200;
const PADDING = " ".repeat(100);

interface Parsed {
    readonly events: readonly Event[];
    /** What was parsed: the text, or the text with lines pushed to the right. */
    readonly text: string;
    readonly original: (offset: number) => number;
}

/**
 * Compose's own reader does not look at the indentation inside brackets and quotes; js-yaml does. A line that it refuses
 * for that is pushed to the right, where its meaning is the same.
 */
function tolerantEvents(text: string): Parsed {
    const pads: number[] = [];
    const original = (offset: number): number => {
        const before = pads.filter((pad, at) => pad + at * PADDING.length < offset).length;
        return Math.max(offset - before * PADDING.length, 0);
    };
    for (let padded = text; ;) {
        try {
            return { events: parseEvents(padded, { maxDepth: MAX_DEPTH }), text: padded, original };
        } catch (error) {
            if (!(error instanceof YAMLException)) {
                throw error;
            }
            const position = error.mark?.position ?? 0;
            if (error.reason !== "deficient indentation" || pads.length >= MAX_PADDED_LINES) {
                throw new SyntaxFault(error.reason, original(position));
            }
            const start = padded.lastIndexOf("\n", position - 1) + 1;
            pads.push(original(start));
            pads.sort((one, other) => one - other);
            padded = padded.slice(0, start) + PADDING + padded.slice(start);
        }
    }
}

function handlesOf(document: Extract<Event, { type: typeof EVENT_ID.DOCUMENT }>): Map<string, string> {
    const handles = new Map([["!!", YAML_TAG]]);
    for (const directive of document.directives) {
        if (directive.kind === "tag") {
            handles.set(directive.handle, directive.prefix);
        } else if (directive.version !== "1.1") {
            throw new SyntaxFault(`%YAML ${directive.version} is a version that Docker Compose refuses; remove the line`, 0);
        }
    }
    return handles;
}

function compose(composer: Composer): Node {
    const event = composer.events[composer.at++] as Event;
    switch (event.type) {
        case EVENT_ID.ALIAS: {
            const name = composer.text.slice(event.anchorStart, event.anchorEnd);
            const target = composer.anchors.get(name);
            if (target === undefined) {
                throw new SyntaxFault(`unknown anchor ${name}`, composer.original(event.anchorStart));
            }
            return { kind: "alias", offset: composer.original(event.anchorStart - 1), tag: "", value: name, plain: false, content: [], target };
        }
        case EVENT_ID.SCALAR:
            return anchored(composer, event, {
                kind: "scalar", offset: composer.original(startOf(event, event.valueStart - (isQuoted(event.style) ? 1 : 0))), tag: tagOf(composer, event),
                value: getScalarValue(composer.text, event), plain: event.style === SCALAR_STYLE.PLAIN, content: [],
            });
        case EVENT_ID.SEQUENCE:
        case EVENT_ID.MAPPING: {
            const node = anchored(composer, event, {
                kind: event.type === EVENT_ID.SEQUENCE ? "sequence" : "mapping", offset: composer.original(startOf(event, event.start)),
                tag: tagOf(composer, event), value: "", plain: false, content: [],
            });
            while (composer.events[composer.at]?.type !== EVENT_ID.POP) {
                node.content.push(compose(composer));
            }
            composer.at++;
            return node;
        }
        default:
            throw new SyntaxFault("unexpected end", 0);
    }
}

interface Marked {
    readonly anchorStart: number;
    readonly anchorEnd: number;
    readonly tagStart: number;
    readonly tagEnd: number;
}

function anchored(composer: Composer, event: Marked, node: Node): Node {
    if (event.anchorStart >= 0) {
        composer.anchors.set(composer.text.slice(event.anchorStart, event.anchorEnd), node);
    }
    return node;
}

function isQuoted(style: number): boolean {
    return style === SCALAR_STYLE.SINGLE_QUOTED || style === SCALAR_STYLE.DOUBLE_QUOTED;
}

/** The start of a value, or of its tag or anchor where the value itself is empty. */
function startOf(event: Marked, start: number): number {
    return start >= 0 ? start : Math.max(event.tagStart, event.anchorStart, 0);
}

function tagOf(composer: Composer, event: Marked): string {
    if (event.tagStart < 0) {
        return "";
    }
    const written = composer.text.slice(event.tagStart, event.tagEnd);
    const verbatim = /^!<(.*)>$/.exec(written)?.[1];
    const handle = /^!(?:[\w-]*!)?/.exec(written)?.[0] ?? "!";
    const prefix = composer.handles.get(handle);
    const full = verbatim ?? (prefix === undefined ? written : prefix + decodeURIComponentSafely(written.slice(handle.length)));
    return full.startsWith(YAML_TAG) ? `!!${full.slice(YAML_TAG.length)}` : full;
}

function decodeURIComponentSafely(text: string): string {
    try {
        return decodeURIComponent(text);
    } catch {
        return text;
    }
}
