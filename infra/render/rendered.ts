import type { Identity } from "../model/hardened";

/** Data as JSON has it: what a rendered document is before it is text. */
export type Plain = string | number | boolean | null | readonly Plain[] | PlainMap;
export interface PlainMap {
    readonly [key: string]: Plain;
}

/** A file to write. Its directory is made with it. */
export interface RenderedFile {
    /** Relative to the output directory. */
    readonly path: string;
    readonly content: string;
    /** Permission bits, e.g. 0o644. */
    readonly mode: number;
    /** Undefined: whoever renders. */
    readonly owner?: Identity;
}
