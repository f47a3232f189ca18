/** One command of a shell text. */
export interface Command {
    /** The program without its folder: `apt-get`. */
    readonly name: string;
    /** What follows the program, quotes gone; variables as they are written. */
    readonly words: readonly string[];
    /** `NAME=value` before the program. */
    readonly assignments: readonly string[];
    /** What stands before it: `|`, `&&`, … or nothing. */
    readonly before: string;
    /** What stands after it. */
    readonly after: string;
    /** Files that its output goes to. */
    readonly outputs: readonly string[];
    /** Where in the text it begins. */
    readonly offset: number;
}

interface Token {
    readonly kind: "word" | "operator" | "output" | "input";
    readonly text: string;
    readonly offset: number;
    /** Texts of command substitutions in the word. */
    readonly inside: readonly { readonly text: string; readonly offset: number }[];
}

/** Words that stand before a command and leave it what it is. */
const PREFIXES: ReadonlySet<string> = new Set([
    "if", "then", "else", "elif", "while", "until", "do", "!", "{", "time", "exec", "command", "builtin", "nohup", "env", "eatmydata", "set-e",
]);
const SHELLS: ReadonlySet<string> = new Set(["sh", "bash", "ash", "dash", "zsh", "ksh"]);
const DEEPEST = 10;
const OPERATORS = ["&&", "||", ";;", "|&", "|", ";", "&", "\n", "(", ")"] as const;

/**
 * The commands of a POSIX shell text, also those within substitutions, `sh -c "…"`, `sudo …` and `xargs …`. Best effort:
 * nothing is carried out, functions and loops are taken for the commands in them.
 */
export function commandsIn(text: string, depth = 0): readonly Command[] {
    const commands: Command[] = [];
    let current: Token[] = [];
    let before = "";
    const end = (after: string) => {
        commands.push(...commandsOf(current, before, after, depth));
        current = [];
        before = after;
    };
    let open = 0;
    for (const token of tokensOf(text)) {
        if (token.kind === "operator" && token.text === ")" && open === 0) {
            // What stands before it is a pattern of `case`, alternatives of it too.
            current = [];
            while (commands.at(-1)?.after === "|") {
                commands.pop();
            }
            before = ")";
        } else if (token.kind === "operator") {
            open += token.text === "(" ? 1 : token.text === ")" ? -1 : 0;
            end(token.text);
        } else {
            current.push(token);
        }
    }
    end("");
    return commands;
}

function commandsOf(tokens: readonly Token[], before: string, after: string, depth: number): Command[] {
    const inner = depth >= DEEPEST ? [] : tokens.flatMap(token => token.inside)
        .flatMap(({ text, offset }) => commandsIn(text, depth + 1).map(command => ({ ...command, offset: command.offset + offset })));
    const words = tokens.filter(({ kind }) => kind === "word");
    const outputs = tokens.filter(({ kind }) => kind === "output").map(({ text }) => text);
    let at = 0;
    const assignments: string[] = [];
    while (at < words.length && (PREFIXES.has(words[at]?.text ?? "") || /^\w+=/.test(words[at]?.text ?? ""))) {
        const { text } = words[at] as Token;
        assignments.push(...text.includes("=") ? [text] : []);
        at++;
    }
    const [program, ...rest] = words.slice(at);
    if (program === undefined) {
        return [...assignments.length > 0 ? [{ name: "", words: [], assignments, before, after, outputs, offset: words[0]?.offset ?? 0 }] : [], ...inner];
    }
    const name = program.text.split(/[/\\]/).at(-1) ?? "";
    const command: Command = { name, words: rest.map(({ text }) => text), assignments, before, after, outputs, offset: program.offset };
    return [command, ...carried(command, rest, depth), ...inner];
}

/** The command that another one carries out: `sudo apt-get …`, `xargs rm`, `bash -c "…"`. */
function carried(command: Command, rest: readonly Token[], depth: number): Command[] {
    if (depth >= DEEPEST) {
        return [];
    }
    if (SHELLS.has(command.name)) {
        const at = rest.findIndex(({ text }) => /^-[a-z]*c$/.test(text));
        const script = at === -1 ? undefined : rest[at + 1];
        return script === undefined ? [] : commandsIn(script.text, depth + 1).map(inner => ({ ...inner, offset: script.offset }));
    }
    if (["sudo", "xargs", "gosu", "su-exec", "nice", "timeout", "doas"].includes(command.name)) {
        const skipped = rest.findIndex(({ text }, at) => !text.startsWith("-") && !/^-[ugnIPLd]$/.test(rest[at - 1]?.text ?? "") && !/^\d+[smh]?$/.test(text));
        const target = skipped === -1 ? [] : rest.slice(skipped + (["gosu", "su-exec"].includes(command.name) ? 1 : 0));
        return commandsOf(target.map(token => ({ ...token, inside: [] })), command.before, command.after, depth + 1);
    }
    return [];
}

function tokensOf(text: string): Token[] {
    return new Lexer(text).tokens();
}

class Lexer {
    private at = 0;
    private readonly found: Token[] = [];

    constructor(private readonly text: string) {}

    tokens(): Token[] {
        while (this.at < this.text.length) {
            this.next();
        }
        return this.found;
    }

    private next(): void {
        const { text, at } = this;
        const character = text[at] as string;
        if (character === " " || character === "\t" || character === "\r") {
            this.at++;
        } else if (character === "#") {
            const end = text.indexOf("\n", at);
            this.at = end === -1 ? text.length : end;
        } else if (character === "\\" && text[at + 1] === "\n") {
            this.at += 2;
        } else if (/^(?:\d*|&)[<>]/.test(text.slice(at, at + 4)) && !/^[<>]\(/.test(text.slice(at, at + 2))) {
            this.redirection();
        } else {
            const operator = OPERATORS.find(one => text.startsWith(one, at));
            if (operator === undefined) {
                this.found.push(this.word("word"));
            } else {
                this.at += operator.length;
                this.found.push({ kind: "operator", text: operator, offset: at, inside: [] });
            }
        }
    }

    private redirection(): void {
        const [sign = ""] = /^(?:\d*|&)(?:>>|>\||>&|<<<|<<-?|<&|[<>])/.exec(this.text.slice(this.at, this.at + 10)) ?? [];
        this.at += Math.max(sign.length, 1);
        while (this.text[this.at] === " " || this.text[this.at] === "\t") {
            this.at++;
        }
        const output = sign.includes(">") && !sign.endsWith("&");
        this.found.push(this.word(output ? "output" : "input"));
    }

    /** A word up to white space or an operator that stands in no quotes. Always goes on by at least one character. */
    private word(kind: Token["kind"]): Token {
        const offset = this.at;
        const inside: { text: string; offset: number }[] = [];
        let result = "";
        while (this.at < this.text.length && (this.at === offset || !/[\s;|&()<>]/.test(this.text[this.at] as string))) {
            if (this.at === offset && /[\s;|&()]/.test(this.text[this.at] as string)) {
                break;
            }
            result += this.piece(inside);
        }
        return { kind, text: result, offset, inside };
    }

    private piece(inside: { text: string; offset: number }[]): string {
        const { text, at } = this;
        switch (text[at]) {
            case "'": {
                const end = until(text, text.indexOf("'", at + 1));
                this.at = end + 1;
                return text.slice(at + 1, end);
            }
            case "\"":
                return this.quoted(inside);
            case "\\":
                this.at += 2;
                return text[at + 1] === "\n" ? "" : text[at + 1] ?? "";
            case "`": {
                const end = until(text, text.indexOf("`", at + 1));
                inside.push({ text: text.slice(at + 1, end), offset: at + 1 });
                this.at = end + 1;
                return text.slice(at, end + 1);
            }
            case "$":
                return this.substitution(inside);
            default:
                this.at++;
                return text[at] as string;
        }
    }

    private quoted(inside: { text: string; offset: number }[]): string {
        this.at++;
        let result = "";
        while (this.at < this.text.length && this.text[this.at] !== "\"") {
            const single = this.text[this.at] === "'";
            result += single ? "'" : this.piece(inside);
            this.at += single ? 1 : 0;
        }
        this.at++;
        return result;
    }

    private substitution(inside: { text: string; offset: number }[]): string {
        const { text, at } = this;
        const open = text[at + 1];
        if (open !== "(" && open !== "{") {
            this.at++;
            return "$";
        }
        const end = closing(text, at + 1, open, open === "(" ? ")" : "}");
        this.at = end + 1;
        if (open === "(" && text[at + 2] !== "(") {
            inside.push({ text: text.slice(at + 2, end), offset: at + 2 });
        }
        return text.slice(at, end + 1);
    }
}

function until(text: string, end: number): number {
    return end === -1 ? text.length : end;
}

function closing(text: string, from: number, open: string, close: string): number {
    let depth = 0;
    for (let at = from; at < text.length; at++) {
        depth += text[at] === open ? 1 : text[at] === close ? -1 : 0;
        if (depth === 0) {
            return at;
        }
    }
    return text.length;
}
