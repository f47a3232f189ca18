const CONTEXT = 3;

interface Line {
    readonly mark: " " | "+" | "-";
    readonly text: string;
}

/** What changes between two texts, as `diff -u` prints it and `patch` takes it; empty where nothing does. */
export function unifiedDiff(path: string, before: string, after: string): string {
    if (before === after) {
        return "";
    }
    const lines = compared(linesOf(before), linesOf(after));
    const hunks = hunksOf(lines).map(([from, to]) => hunkText(lines, from, to));
    return `--- ${path}\n+++ ${path}\n${hunks.join("")}`;
}

/** Lines with their ends, so that a missing last one shows. */
function linesOf(text: string): string[] {
    return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** Goes through both, and where they part, to the nearest place where they meet again: changes are small and far apart. */
function compared(before: readonly string[], after: readonly string[]): Line[] {
    const lines: Line[] = [];
    let [x, y] = [0, 0];
    while (x < before.length || y < after.length) {
        const [gone, come] = apart(before, after, x, y);
        lines.push(...before.slice(x, x + gone).map((text): Line => ({ mark: "-", text })), ...after.slice(y, y + come).map((text): Line => ({ mark: "+", text })));
        x += gone;
        y += come;
        if (x < before.length) {
            lines.push({ mark: " ", text: before[x] ?? "" });
            x++;
            y++;
        }
    }
    return lines;
}

/** How many lines of each go by before two of them are the same again, and the next two as well. */
function apart(before: readonly string[], after: readonly string[], x: number, y: number): readonly [number, number] {
    const [left, right] = [before.length - x, after.length - y];
    for (let distance = 0; distance < left + right; distance++) {
        for (let gone = Math.max(0, distance - right); gone <= Math.min(distance, left); gone++) {
            const [one, other] = [x + gone, y + distance - gone];
            if (one < before.length && before[one] === after[other] && (distance === 0 || one + 1 === before.length || before[one + 1] === after[other + 1])) {
                return [gone, distance - gone];
            }
        }
    }
    return [left, right];
}

/** Ranges of lines that show each change with what stands around it. */
function hunksOf(lines: readonly Line[]): [number, number][] {
    const hunks: [number, number][] = [];
    lines.forEach(({ mark }, at) => {
        if (mark === " ") {
            return;
        }
        const [from, to] = [Math.max(0, at - CONTEXT), Math.min(lines.length, at + CONTEXT + 1)];
        const last = hunks.at(-1);
        if (last !== undefined && from <= last[1]) {
            last[1] = to;
        } else {
            hunks.push([from, to]);
        }
    });
    return hunks;
}

function hunkText(lines: readonly Line[], from: number, to: number): string {
    const count = (part: readonly Line[], mark: "+" | "-") => part.filter(line => line.mark !== mark).length;
    const [before, part] = [lines.slice(0, from), lines.slice(from, to)];
    const range = (mark: "+" | "-") => {
        const length = count(part, mark);
        const first = count(before, mark) + (length === 0 ? 0 : 1);
        return length === 1 ? String(first) : `${first},${length}`;
    };
    const body = part.map(({ mark, text }) => `${mark}${text}${text.endsWith("\n") ? "" : "\n\\ No newline at end of file\n"}`);
    return `@@ -${range("+")} +${range("-")} @@\n${body.join("")}`;
}
