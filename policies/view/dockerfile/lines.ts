/** A text that `<<NAME` opens in an instruction. */
export interface Heredoc {
    readonly name: string;
    /** Whether variables in it stay as they are. */
    readonly quoted: boolean;
    readonly text: string;
    /** The line of the file, from 1, on which the text begins. */
    readonly line: number;
}

/** An instruction as it was written, its continued lines joined and the comments between them gone. */
export interface LogicalLine {
    readonly text: string;
    /** Where in the text each line of the file begins. */
    readonly starts: readonly { readonly offset: number; readonly line: number }[];
    readonly heredocs: readonly Heredoc[];
}

export interface Comment {
    readonly text: string;
    readonly line: number;
}

export interface Lines {
    readonly lines: readonly LogicalLine[];
    readonly comments: readonly Comment[];
    /** Parser directives of the first lines, by name in lower case: `syntax`, `escape`, `check`. */
    readonly directives: Readonly<Record<string, string>>;
    readonly escape: string;
}

/** What keeps a text from being a Dockerfile, and on which line of it (from 1). */
export class NoDockerfile extends Error {
    constructor(readonly line: number, readonly reason: string) {
        super(`line ${line}: ${reason}`);
    }
}

const DIRECTIVE = /^#\s*([A-Za-z][A-Za-z0-9]*)\s*=\s*(\S.*?)\s*$/;
const KNOWN_DIRECTIVES: ReadonlySet<string> = new Set(["syntax", "escape", "check"]);
const OPENS_HEREDOC = /^(?:ONBUILD\s+)?(?:ADD|COPY|RUN)\s/i;
/** `[^\s]` keeps the words of arithmetic and here-strings out. */
const HEREDOC_WORD = /(?:^|\s)\d*<<(-?)(["']?)([^\s<>"'|;&()]+)\2(?=$|[\s>|;&)])/g;

/**
 * Joins a Dockerfile's lines as BuildKit's parser does: escape directive, continuation lines, comments and empty lines
 * between them, heredocs of RUN, COPY and ADD.
 * @throws NoDockerfile for a heredoc without an end and for what is no text
 */
export function linesOf(text: string): Lines {
    const physical = text.replace(/^\uFEFF/, "").split(/\r\n|\n|\r/);
    const { directives, next } = directivesOf(physical);
    const escape = directives["escape"] === "`" ? "`" : "\\";
    const comments: Comment[] = [];
    const lines: LogicalLine[] = [];
    let at = next;
    while (at < physical.length) {
        const line = physical[at] as string;
        if (isComment(line)) {
            comments.push({ text: line.trim(), line: at + 1 });
            at++;
        } else if (line.trim() === "") {
            at++;
        } else {
            const joined = join(physical, at, escape, comments);
            const heredocs = readHeredocs(physical, joined.next, joined.text);
            lines.push({ text: joined.text, starts: joined.starts, heredocs: heredocs.found });
            at = heredocs.next;
        }
    }
    return { lines, comments, directives, escape };
}

/** Directives stand before everything else; the first line that is none ends them. */
function directivesOf(physical: readonly string[]): { readonly directives: Record<string, string>; readonly next: number } {
    const directives: Record<string, string> = {};
    let next = 0;
    for (; next < physical.length; next++) {
        const [, name = "", value = ""] = DIRECTIVE.exec(physical[next] as string) ?? [];
        if (!KNOWN_DIRECTIVES.has(name.toLowerCase())) {
            break;
        }
        directives[name.toLowerCase()] = value;
    }
    return { directives, next };
}

function isComment(line: string): boolean {
    return /^\s*#/.test(line);
}

function join(physical: readonly string[], from: number, escape: string, comments: Comment[]): { readonly text: string; readonly starts: LogicalLine["starts"]; readonly next: number } {
    const starts: { offset: number; line: number }[] = [];
    const parts: string[] = [];
    let length = 0;
    let next = from;
    for (let continued = true; continued && next < physical.length; next++) {
        const line = physical[next] as string;
        if (next > from && isComment(line)) {
            comments.push({ text: line.trim(), line: next + 1 });
        } else if (next === from || line.trim() !== "") {
            const [kept, goesOn] = withoutEscape(next === from ? line.trimStart() : line, escape);
            starts.push({ offset: length, line: next + 1 });
            parts.push(kept);
            length += kept.length;
            continued = goesOn;
        }
    }
    return { text: parts.join(""), starts, next };
}

/** An escape character at the end of a line joins it to the next one, unless it is itself escaped. */
function withoutEscape(line: string, escape: string): readonly [kept: string, continued: boolean] {
    const trimmed = line.replace(/[ \t]+$/, "");
    const continued = trimmed.endsWith(escape) && !trimmed.endsWith(escape + escape);
    return [continued ? trimmed.slice(0, -1) : line, continued];
}

function readHeredocs(physical: readonly string[], from: number, text: string): { readonly found: Heredoc[]; readonly next: number } {
    const found: Heredoc[] = [];
    let next = from;
    if (!OPENS_HEREDOC.test(text)) {
        return { found, next };
    }
    for (const [, dash, quote, name = ""] of text.matchAll(HEREDOC_WORD)) {
        const ends = (line: string) => (dash === "-" ? line.replace(/^\t+/, "") : line) === name;
        let end = next;
        while (end < physical.length && !ends(physical[end] as string)) {
            end++;
        }
        if (end === physical.length) {
            throw new NoDockerfile(from, `the heredoc ${name} has no end`);
        }
        found.push({ name, quoted: quote !== "", text: physical.slice(next, end).join("\n"), line: next + 1 });
        next = end + 1;
    }
    return { found, next };
}
