import type { EdgeRateLimit } from "../infra/edge/plan";
import { pathPattern } from "./words";

const WINDOW_SECONDS = { second: 1, minute: 60, hour: 3600, day: 86_400 } as const;

/**
 * http level: a counter a limit. A request without a key is not counted, so each limit's key is the client's address on
 * its path and nothing elsewhere; limits need no location of their own that way.
 */
export function rateLimitZones(limits: readonly EdgeRateLimit[]): string {
    const zones = limits.map((limit, index) => {
        if (limit.key !== "ip" || limit.per !== "second" && limit.per !== "minute") {
            throw new Error(`nginx cannot count requests by ${limit.key} per ${limit.per}`);
        }
        const name = `edge_limit_${index + 1}`;
        return `map $uri $${name}_key {\n    default "";\n    ${pathPattern(limit)} $binary_remote_addr;\n}\n`
            + `limit_req_zone $${name}_key zone=${name}:10m rate=${limit.requests}r/${limit.per.charAt(0)};\n`;
    });
    // Where several limits cover a path, the longest wait is the one that helps against all of them.
    const seconds = limits.map(limit => ({ pattern: pathPattern(limit), wait: Math.ceil(WINDOW_SECONDS[limit.per] / limit.requests) }))
        .sort((a, b) => b.wait - a.wait)
        .map(({ pattern, wait }) => `    ${pattern} ${wait};\n`);
    return `${zones.join("\n")}\nlimit_req_status 429;\n`
        + `map $uri $edge_retry_seconds {\n    default 1;\n${seconds.join("")}}\n`
        + "map $limit_req_status $edge_retry_after {\n    default \"\";\n    REJECTED $edge_retry_seconds;\n}\n";
}

/** Server level: the limits in force. The first request is not part of nginx's burst. */
export function rateLimitsSnippet(limits: readonly EdgeRateLimit[]): string {
    return limits.map(({ atOnce }, index) => {
        const burst = atOnce > 1 ? ` burst=${atOnce - 1} nodelay` : "";
        return `limit_req zone=edge_limit_${index + 1}${burst};\n`;
    }).join("");
}
