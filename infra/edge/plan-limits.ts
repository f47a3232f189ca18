import type { RateLimitDeclaration } from "../model/edge-declaration";
import type { Path } from "../model/problem";
import type { EdgeRateLimit } from "./plan";
import { checkPath, trimSlash } from "./plan-routes";
import type { Report } from "./report";

const MOST_REQUESTS = 100_000;

/** Reads `rate_limits`. Windows of an hour or a day, and limits by user, need shared counters: a later version. */
export function planRateLimits(declared: readonly RateLimitDeclaration[], report: Report): EdgeRateLimit[] {
    const limits: EdgeRateLimit[] = [];
    declared.forEach((limit, index) => {
        const at: Path = ["rate_limits", index];
        const { requests, per, key = "ip", burst = 0, match = "prefix" } = limit;
        const right = [
            checkPath(limit.path, [...at, "path"], report),
            checkCount(requests, 1, [...at, "requests"], report),
            checkCount(burst, 0, [...at, "burst"], report),
            checkRealised(per === "second" || per === "minute", per, "second or minute", [...at, "per"], report),
            checkRealised(key === "ip", key, "ip", [...at, "key"], report),
        ];
        if (right.every(Boolean)) {
            limits.push({ path: trimSlash(limit.path), match, requests, per, atOnce: requests + burst, key });
        }
    });
    return limits;
}

function checkCount(count: number, least: number, at: Path, report: Report): boolean {
    if (Number.isInteger(count) && count >= least && count <= MOST_REQUESTS) {
        return true;
    }
    report(at, "is not a number of requests", { got: count, remedy: `write a whole number from ${least} to ${MOST_REQUESTS}` });
    return false;
}

function checkRealised(realised: boolean, got: string, use: string, at: Path, report: Report): boolean {
    if (!realised) {
        report(at, "is not yet supported by this version", { got, remedy: `use ${use}` });
    }
    return realised;
}
