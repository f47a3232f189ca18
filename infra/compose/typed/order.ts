const LETTER = /^\p{L}$/u;
const DIGIT = /^\p{Nd}$/u;

/**
 * The order in which go-yaml writes keys: letters after everything else, numbers within names by their value, so that
 * `web2` stands before `web10`.
 */
export function compareNaturally(one: string, other: string): number {
    const [left, right] = [[...one], [...other]];
    let digits = false;
    for (let at = 0; at < left.length && at < right.length; at++) {
        const [a, b] = [left[at] as string, right[at] as string];
        if (a === b) {
            digits = DIGIT.test(a);
            continue;
        }
        const [aLetter, bLetter] = [LETTER.test(a), LETTER.test(b)];
        if (aLetter && bLetter) {
            return a < b ? -1 : 1;
        }
        if (aLetter || bLetter) {
            return (digits ? aLetter : bLetter) ? -1 : 1;
        }
        return compareNumbers(left, right, at) || (a < b ? -1 : 1);
    }
    return left.length - right.length;
}

/** Compares the numbers that begin where two keys first differ; those with more digits are larger. */
function compareNumbers(left: readonly string[], right: readonly string[], at: number): number {
    const zeroMatters = (left[at] === "0" || right[at] === "0") && significantBefore(left, at);
    const [a, b] = [left, right].map(key => {
        const run = /^\p{Nd}*/u.exec(key.slice(at).join(""))?.[0] ?? "";
        return { value: Number(`${zeroMatters ? 1 : 0}${run}`), length: [...run].length };
    }) as [{ value: number; length: number }, { value: number; length: number }];
    return a.value - b.value || a.length - b.length;
}

/** Whether a digit other than 0 stands in the run of digits that ends before `at`. */
function significantBefore(key: readonly string[], at: number): boolean {
    for (let before = at - 1; before >= 0 && DIGIT.test(key[before] as string); before--) {
        if (key[before] !== "0") {
            return true;
        }
    }
    return false;
}
