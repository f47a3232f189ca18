import { scalarValue } from "../read/scalar";

/** Words that YAML 1.1 reads as booleans. */
const OLD_BOOLEANS = /^(?:[yYnN]|yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF)$/;
const BASE_60 = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/;
/** Characters that YAML may hold unescaped, but for tabs. */
const PRINTABLE = /^[\n\x20-\x7e\u00a0-\ud7ff\ue000-\ufefe\uff00-\ufffd]*$/;

/** A text as a YAML scalar on one line, in the style that go-yaml chooses. */
export function inlineScalar(text: string): string {
    if (text.includes("\n")) {
        return doubleQuoted(text);
    }
    const looksOld = OLD_BOOLEANS.test(text) || BASE_60.test(text) || text === "<<";
    if (!looksOld && resolvesToOther(text)) {
        return doubleQuoted(text);
    }
    if (!looksOld && plainAllowed(text)) {
        return text;
    }
    return text.includes("\t") || !isPrintable(text) ? doubleQuoted(text) : `'${text.replaceAll("'", "''")}'`;
}

function resolvesToOther(text: string): boolean {
    return typeof scalarValue({ kind: "scalar", offset: 0, tag: "", value: text, plain: true, content: [] }) !== "string";
}

function isPrintable(text: string): boolean {
    return PRINTABLE.test(text.replaceAll("\t", ""));
}

function plainAllowed(text: string): boolean {
    return !/^(?:---|\.\.\.|[#,[\]{}&*!|>'"%@`]|[?:-](?:[ \t]|$))/.test(text) && !/:(?:[ \t]|$)|[ \t]#/.test(text)
        && !/^ | $|\t/.test(text) && isPrintable(text);
}

const ESCAPES: Readonly<Record<string, string>> = {
    "\0": "\\0", "\x07": "\\a", "\b": "\\b", "\t": "\\t", "\n": "\\n", "\v": "\\v", "\f": "\\f", "\r": "\\r", "\x1b": "\\e",
    "\"": "\\\"", "\\": "\\\\", "\u0085": "\\N", "\u00a0": "\\_", "\u2028": "\\L", "\u2029": "\\P",
};

function doubleQuoted(text: string): string {
    const escaped = [...text].map(character => {
        if (character !== "\n" && character !== "\"" && character !== "\\" && !"\u0085\u2028\u2029".includes(character) && isPrintable(character) && character !== "\t") {
            return character;
        }
        const code = character.codePointAt(0) as number;
        const hex = (digits: number): string => code.toString(16).toUpperCase().padStart(digits, "0");
        return ESCAPES[character] ?? (code <= 0xff ? `\\x${hex(2)}` : code <= 0xffff ? `\\u${hex(4)}` : `\\U${hex(8)}`);
    });
    return `"${escaped.join("")}"`;
}

/** Whether a text of several lines is written as a literal block. */
export function isBlock(text: string): boolean {
    return text.includes("\n") && /\S/.test(text) && !text.endsWith(" ") && !/ \n/.test(text) && isPrintable(text);
}

/** The lines of a literal block: its header and its indented content. */
export function blockLines(text: string, indent: string): string[] {
    const hint = text.startsWith(" ") ? "2" : "";
    const chomping = !text.endsWith("\n") ? "-" : text.endsWith("\n\n") ? "+" : "";
    const body = chomping === "-" ? text : text.slice(0, -1);
    return [`|${hint}${chomping}`, ...body.split("\n").map(line => line === "" ? "" : indent + line)];
}

/** A line that is longer is broken at its next space. */
const WIDTH = 80;

/**
 * Breaks a scalar on one line where it grows too wide, as go-yaml does.
 * @param column where it starts
 * @param indent of the lines that follow
 */
export function folded(written: string, column: number, indent: string): string {
    const quote = /^["']/.exec(written)?.[0] ?? "";
    const characters = [...written];
    let result = "";
    let at = column;
    characters.forEach((character, index) => {
        const next = characters[index + 1];
        const inside = quote === "" || index > 1 && index < characters.length - 2;
        const mayBreak = character === " " && characters[index - 1] !== " " && at > WIDTH && inside && (quote === "\"" || next !== " ");
        if (mayBreak) {
            result += `\n${indent}${next === " " ? "\\" : ""}`;
            at = indent.length + (next === " " ? 1 : 0);
        } else {
            result += character;
            at++;
        }
    });
    return result;
}
