/** How variables are looked up and what is told about those that are not set. */
export interface Lookup {
    /** The value of a variable; undefined where it is not set. */
    get(name: string): string | undefined;
    /** Called for a variable that is not set and has no default. */
    missing?(name: string): void;
    /**
     * Called where a variable stands, with the text of its default where it has one; what it returns stands for the whole
     * expression.
     */
    override?(name: string, fallback: string | undefined): string | undefined;
}

/** Thrown for a text that cannot be interpolated. */
export class TemplateFault extends Error {
    constructor(readonly fault: string, readonly got?: string, readonly remedy?: string) {
        super(fault);
    }
}

const NAME = /^[_a-z][_a-z0-9]*/i;
const OPERATORS = [":?", "?", ":-", "-", ":+", "+"] as const;
type Operator = (typeof OPERATORS)[number];

const BRACED = /^[_a-z][_a-z0-9]*(?:\}|:?[-+?])/i;

/**
 * Replaces `$X`, `${X}`, `${X:-d}`, `${X-d}`, `${X:?e}`, `${X?e}`, `${X:+a}`, `${X+a}`, nested ones too, and `$$`.
 * @throws TemplateFault
 */
export function substitute(text: string, lookup: Lookup): string {
    let result = "";
    let at = 0;
    for (let dollar = text.indexOf("$"); dollar >= 0; dollar = text.indexOf("$", at)) {
        result += text.slice(at, dollar);
        const rest = text.slice(dollar + 1);
        const name = NAME.exec(rest)?.[0];
        if (rest.startsWith("$")) {
            result += "$";
            at = dollar + 2;
        } else if (name !== undefined) {
            result += plain(name, lookup);
            at = dollar + 1 + name.length;
        } else if (rest.startsWith("{")) {
            const expression = braced(rest.slice(1), text);
            result += expand(expression, lookup);
            at = dollar + expression.length + 3;
        } else {
            // A dollar before anything else stands for itself.
            result += "$";
            at = dollar + 1;
        }
    }
    return result + text.slice(at);
}

function plain(name: string, lookup: Lookup): string {
    const value = lookup.override?.(name, undefined) ?? lookup.get(name);
    if (value === undefined) {
        lookup.missing?.(name);
    }
    return value ?? "";
}

/**
 * What stands between the braces, given what follows the opening one. An expression ends on its line, at the brace that
 * closes it, or at the line's last brace where none does. The character after an inner opening brace is not looked at:
 * so it is in Compose, and `${X:-{}}` depends on it.
 */
function braced(rest: string, text: string): string {
    const start = BRACED.exec(rest)?.[0];
    if (start === undefined) {
        throw invalid(text);
    }
    if (start.endsWith("}")) {
        return start.slice(0, -1);
    }
    const line = rest.split("\n", 1)[0] as string;
    const last = line.lastIndexOf("}");
    if (last < start.length) {
        throw invalid(text);
    }
    let depth = 1;
    for (let at = 1; at <= last; at++) {
        if (line[at] === "}" && --depth === 0) {
            return line.slice(0, at);
        }
        if (line[at] === "{") {
            depth++;
            at++;
        }
    }
    return line.slice(0, last);
}

function invalid(text: string): TemplateFault {
    return new TemplateFault("is not a valid interpolation", text, "write $$ for a dollar that stands for itself");
}

function expand(expression: string, lookup: Lookup): string {
    const name = (NAME.exec(expression) as RegExpExecArray)[0];
    const rest = expression.slice(name.length);
    const operator = OPERATORS.find(candidate => rest.startsWith(candidate));
    return operator === undefined ? plain(name, lookup) : decide(name, operator, rest.slice(operator.length), lookup);
}

function decide(name: string, operator: Operator, argument: string, lookup: Lookup): string {
    const value = lookup.get(name);
    const counts = value !== undefined && !(operator.startsWith(":") && value === "");
    const kind = operator.slice(-1);
    if (kind === "+") {
        return counts ? substitute(argument, lookup) : value ?? "";
    }
    if (kind === "?" && !counts) {
        const reason = substitute(argument, lookup);
        throw new TemplateFault(`needs the variable ${name}, which is ${value === undefined ? "not set" : "empty"}`,
            reason === "" ? undefined : reason, `set ${name} in the environment or in .env`);
    }
    const mark = lookup.override?.(name, kind === "-" ? argument : undefined);
    return mark ?? (counts ? value : substitute(argument, lookup));
}
