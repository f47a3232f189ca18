/**
 * Splits a command into words as Compose does: quotes and backslashes as in a shell, but no variables; the command ends
 * at an unquoted `;`, `&`, `|`, `<` or `>`.
 * @returns undefined where a quote, a parenthesis or a backslash is left open
 */
export function splitCommand(line: string): string[] | undefined {
    const reader: Reader = { words: [], word: "", got: "none", mode: "plain", escaped: false, quoted: false, afterDollar: false };
    for (const character of line) {
        const outcome = reader.escaped ? takeEscaped(reader, character) : take(reader, character);
        if (outcome === "broken") {
            return undefined;
        }
        if (outcome === "end") {
            break;
        }
    }
    flush(reader);
    return reader.escaped || reader.mode !== "plain" ? undefined : reader.words;
}

type Mode = "plain" | "single" | "double" | "backtick" | "dollar";
type Outcome = "more" | "end" | "broken";

interface Reader {
    readonly words: string[];
    word: string;
    /** Whether there is a word, and whether it is one even if empty. */
    got: "none" | "some" | "quoted";
    mode: Mode;
    escaped: boolean;
    /** Whether any character of the word was quoted or escaped. */
    quoted: boolean;
    afterDollar: boolean;
}

function flush(reader: Reader): void {
    if (reader.got === "quoted" || reader.got === "some" && reader.word !== "") {
        reader.words.push(reader.word);
    }
    reader.word = "";
    reader.got = "none";
    reader.quoted = false;
}

function add(reader: Reader, text: string): Outcome {
    reader.word += text;
    reader.got = "some";
    return "more";
}

function takeEscaped(reader: Reader, character: string): Outcome {
    reader.escaped = false;
    reader.quoted = true;
    reader.afterDollar = false;
    if (reader.mode === "backtick" || reader.mode === "dollar") {
        return add(reader, `\\${character}`);
    }
    return add(reader, character === "t" ? "\t" : character === "n" ? "\n" : character);
}

function take(reader: Reader, character: string): Outcome {
    const { mode, afterDollar } = reader;
    reader.afterDollar = false;
    if (character === "\\") {
        reader.escaped = mode !== "single";
        reader.word += mode === "single" ? "\\" : "";
        return "more";
    }
    if (" \t\r\n".includes(character)) {
        if (mode === "plain") {
            flush(reader);
        } else {
            reader.word += character;
        }
        return "more";
    }
    const special = takeSpecial(reader, character, afterDollar);
    if (special !== undefined) {
        return special;
    }
    reader.afterDollar = character === "$" && mode === "plain";
    return add(reader, character);
}

/** What a character with a meaning does; undefined where it has none here. */
function takeSpecial(reader: Reader, character: string, afterDollar: boolean): Outcome | undefined {
    const { mode } = reader;
    switch (character) {
        case "`":
            if (mode === "plain" || mode === "backtick") {
                reader.mode = mode === "plain" ? "backtick" : "plain";
            }
            return undefined;
        case ")":
            return closeParenthesis(reader);
        case "(":
            return openParenthesis(reader, afterDollar);
        case "\"":
        case "'":
            return takeQuote(reader, character === "'" ? "single" : "double");
        default:
            return takeOperator(reader, character);
    }
}

function closeParenthesis(reader: Reader): Outcome | undefined {
    if (reader.mode === "dollar") {
        reader.mode = "plain";
        return add(reader, ")");
    }
    return reader.mode === "plain" ? "broken" : undefined;
}

function openParenthesis(reader: Reader, afterDollar: boolean): Outcome | undefined {
    if (reader.mode === "plain" && afterDollar) {
        reader.mode = "dollar";
        reader.word += "(";
        return "more";
    }
    return reader.mode === "plain" || reader.mode === "dollar" ? "broken" : undefined;
}

function takeQuote(reader: Reader, quote: Mode): Outcome | undefined {
    if (reader.mode === quote) {
        reader.mode = "plain";
        reader.got = "quoted";
    } else if (reader.mode === "plain") {
        reader.mode = quote;
    } else {
        return undefined;
    }
    reader.quoted = true;
    return "more";
}

function takeOperator(reader: Reader, character: string): Outcome | undefined {
    if (!";&|<>".includes(character) || reader.mode !== "plain") {
        return undefined;
    }
    // A bare number before > names a file descriptor and is no word.
    if (character === ">" && reader.word !== "" && !reader.quoted && /^\d+$/.test(reader.word)) {
        reader.got = "none";
    }
    return "end";
}
