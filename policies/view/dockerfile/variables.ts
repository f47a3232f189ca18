/** Variables of a stage, by name: each value with the number of the instruction after which it holds. */
export interface Variables {
    readonly values: Map<string, { readonly from: number; readonly value: string | undefined }[]>;
    /** Those of the stage that this one builds upon. */
    readonly inherited: Variables | undefined;
}

/** Variables as one instruction sees them: what `ENV` sets hides what `ARG` declares. */
export interface Scope {
    readonly environment: Variables;
    readonly args: Variables;
    /** The number of the instruction. */
    readonly at: number;
}

export function variables(inherited?: Variables): Variables {
    return { values: new Map(), inherited };
}

/** Sets a variable from the instruction after this one on. */
export function bind({ values }: Variables, at: number, name: string, value: string | undefined): void {
    const known = values.get(name) ?? [];
    known.push({ from: at + 1, value });
    values.set(name, known);
}

const REFERENCE = /\\?\$(?:(\w+)|\{(\w+)(?:(:?[-+?])((?:[^{}]|\$\{[^{}]*\})*))?\})/g;

/** A variable's value; undefined where it has none that is known here. */
export function lookUp(scope: Scope, name: string): string | undefined {
    return (find(scope.environment, scope.at, name) ?? find(scope.args, scope.at, name))?.value;
}

function find(from: Variables, at: number, name: string): { readonly value: string | undefined } | undefined {
    for (let variables: Variables | undefined = from; variables !== undefined; variables = variables.inherited) {
        const found = variables.values.get(name)?.findLast(known => known.from <= at);
        if (found !== undefined) {
            return found;
        }
    }
    return undefined;
}

/** Replaces variables whose values are known, with the builder's `:-` and `:+`; others stay as they are written. */
export function expand(text: string, scope: Scope, depth = 0): string {
    return text.replaceAll(REFERENCE, (written: string, plain: string | undefined, braced: string | undefined, operator: string | undefined, word: string | undefined) => {
        if (written.startsWith("\\")) {
            return written.slice(1);
        }
        const value = lookUp(scope, plain ?? braced ?? "");
        const set = value !== undefined && (operator?.startsWith(":") !== true || value !== "");
        const other = () => depth > 5 ? "" : expand(word ?? "", scope, depth + 1);
        if (operator?.endsWith("-") === true) {
            return set ? value : other();
        }
        if (operator?.endsWith("+") === true) {
            return set ? other() : "";
        }
        return value ?? written;
    });
}

/** Splits at white space that stands in no quotes. Quotes stay. */
export function splitWords(text: string): string[] {
    return text.match(/(?:\\.|"(?:\\.|[^"\\])*"|'[^']*'|[^\s"'\\]|["'\\])+/gs) ?? [];
}

/** A word without its quotes. */
export function unquoted(word: string): string {
    return word.replaceAll(/"((?:\\.|[^"\\])*)"|'([^']*)'/gs, (_all: string, double: string | undefined, single: string | undefined) => double?.replaceAll(/\\(["\\$])/g, "$1") ?? single ?? "");
}
