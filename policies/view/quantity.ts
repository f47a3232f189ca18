import { Malformed } from "./unfinished";
import type { Value } from "./value";

const FACTORS: Readonly<Record<string, number>> = {
    "": 1, k: 1e3, M: 1e6, G: 1e9, T: 1e12, P: 1e15, E: 1e18,
    Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40, Pi: 2 ** 50, Ei: 2 ** 60,
};
/** Kept as divisors, so that 700m and 0.7 are the same number. */
const DIVISORS: Readonly<Record<string, number>> = { m: 1e3, u: 1e6, n: 1e9 };
const QUANTITY = /^([+-]?(?:\d+\.?\d*|\.\d+))(?:([eE][+-]?\d+)|(Ki|Mi|Gi|Ti|Pi|Ei|[numkMGTPE])?)$/;

/**
 * An amount as Kubernetes writes it: `500m`, `128Mi`, `1e3`, `2`; undefined where there is none.
 * Throws `Malformed` for what the API server would not take, as
 * https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/ has it.
 */
export function quantityOf(value: Value): number | undefined {
    const { text } = value;
    if (text === undefined) {
        return undefined;
    }
    const [, digits = "", exponent = "", suffix = ""] = QUANTITY.exec(text) ?? [];
    if (digits === "") {
        throw new Malformed(value.path, "a quantity");
    }
    const number = Number(digits + exponent);
    const divisor = DIVISORS[suffix];
    return divisor === undefined ? number * (FACTORS[suffix] ?? 1) : number / divisor;
}
