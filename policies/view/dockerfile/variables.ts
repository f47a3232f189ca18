/** Variables as one instruction sees them: what `ENV` sets hides what `ARG` declares. */
export interface Scope {
    readonly environment: Binding | undefined;
    readonly args: Binding | undefined;
}

/** The last of a list of variables; earlier ones follow. */
export interface Binding {
    readonly name: string;
    /** Undefined where only the build is told. */
    readonly value: string | undefined;
    readonly before: Binding | undefined;
}

export const EMPTY_SCOPE: Scope = { environment: undefined, args: undefined };

const REFERENCE = /\\?\$(?:(\w+)|\{(\w+)(?:(:?[-+?])((?:[^{}]|\$\{[^{}]*\})*))?\})/g;

/** A variable's value; undefined where it has none that is known here. */
export function lookUp(scope: Scope, name: string): string | undefined {
    return (find(scope.environment, name) ?? find(scope.args, name))?.value;
}

function find(last: Binding | undefined, name: string): Binding | undefined {
    for (let binding = last; binding !== undefined; binding = binding.before) {
        if (binding.name === name) {
            return binding;
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
