import {
    EVENT_ALIAS, EVENT_DOCUMENT, EVENT_MAPPING, EVENT_POP, EVENT_SCALAR, EVENT_SEQUENCE, type Event, getScalarValue, parseEvents,
} from "js-yaml";

import type { Locate, Path } from "../model/problem";

/** A node of a document as far as places need it: where it starts and what stands below it. */
interface Spot {
    readonly offset: number;
    readonly children: Map<string | number, Spot>;
}

/**
 * Makes a function that finds where a value of this YAML text was written. The text is only walked when first asked, so
 * a file without problems costs nothing. For a key of a mapping the place is the key's.
 * @param text YAML that js-yaml has already loaded without an error; its first document counts
 */
export function locateIn(text: string, file: string): Locate {
    let root: Spot | undefined;
    let starts: number[] | undefined;
    return path => {
        root ??= buildSpots(text);
        starts ??= lineStarts(text);
        const spot = find(root, path);
        return spot === undefined ? undefined : { file, ...lineAndColumn(starts, spot.offset) };
    };
}

function find(root: Spot, path: Path): Spot | undefined {
    let spot: Spot | undefined = root;
    for (const step of path) {
        spot = spot?.children.get(step);
    }
    return spot;
}

function buildSpots(text: string): Spot {
    const events = parseEvents(text, { json: true } as never);
    let at = 0;
    function node(offset: number): Spot {
        const event = events[at++] as Event;
        const spot: Spot = { offset, children: new Map() };
        if (event.type === EVENT_MAPPING) {
            while ((events[at] as Event).type !== EVENT_POP) {
                const keyEvent = events[at] as Event;
                const keyOffset = offsetOf(keyEvent);
                node(keyOffset);
                const value = node(keyOffset);
                spot.children.set(keyEvent.type === EVENT_SCALAR ? getScalarValue(text, keyEvent) : "", value);
            }
            at++;
        } else if (event.type === EVENT_SEQUENCE) {
            for (let index = 0; (events[at] as Event).type !== EVENT_POP; index++) {
                spot.children.set(index, node(offsetOf(events[at] as Event)));
            }
            at++;
        }
        return spot;
    }
    if (events[0]?.type === EVENT_DOCUMENT && events[1] !== undefined && events[1].type !== EVENT_POP) {
        at = 1;
        return node(offsetOf(events[1]));
    }
    return { offset: 0, children: new Map() };
}

function offsetOf(event: Event): number {
    switch (event.type) {
        case EVENT_SCALAR: return event.valueStart;
        case EVENT_ALIAS: return event.anchorStart;
        case EVENT_MAPPING: case EVENT_SEQUENCE: return event.start;
        default: return 0;
    }
}

function lineStarts(text: string): number[] {
    const starts = [0];
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) {
        starts.push(at + 1);
    }
    return starts;
}

function lineAndColumn(starts: readonly number[], offset: number): { line: number; column: number } {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
        const middle = (low + high + 1) >> 1;
        if ((starts[middle] as number) <= offset) {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    return { line: low + 1, column: offset - (starts[low] as number) + 1 };
}
