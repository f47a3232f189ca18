import type { HeaderDeclaration, HeadersDeclaration } from "../model/edge-declaration";
import type { Change } from "../model/hardened";
import type { Path } from "../model/problem";
import { CSP_PRESETS, HEADERS, HEADER_OPTIONS } from "./headers";
import type { HeaderOption } from "./headers";
import type { HeaderValues } from "./plan";
import type { Report } from "./report";
import { isHeaderValue } from "./words";

export type HeaderOverrides = Readonly<Partial<Record<HeaderOption, string | null>>>;

/** Values that protect no less than the safe one; any other is an opening and needs its reason. */
const NO_WEAKER: Readonly<Record<HeaderOption, (value: string) => boolean>> = {
    // Half a year is the least that the MDN HTTP Observatory counts.
    strict_transport_security: value => Number(/^max-age=(\d{1,10})(;|$)/.exec(value)?.[1] ?? 0) >= 15_552_000,
    content_security_policy: isStrictPolicy,
    x_content_type_options: value => value === "nosniff",
    x_frame_options: value => ["DENY", "SAMEORIGIN"].includes(value),
    referrer_policy: value => ["no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"].includes(value),
    permissions_policy: value => !value.includes("*"),
    cross_origin_opener_policy: value => ["same-origin", "same-origin-allow-popups", "noopener-allow-popups"].includes(value),
    cross_origin_embedder_policy: value => ["require-corp", "credentialless"].includes(value),
    cross_origin_resource_policy: value => ["same-origin", "same-site"].includes(value),
    x_permitted_cross_domain_policies: value => value === "none",
    x_dns_prefetch_control: value => value === "off",
};

/** Nothing unsafe, no whole scheme and no wildcard as a source, and both what loads and who frames is bounded. */
function isStrictPolicy(policy: string): boolean {
    const tokens = policy.toLowerCase().split(/[\s;]+/);
    const broad = tokens.some(token => token.startsWith("'unsafe-") || /^(\*|data:|https?:|wss?:|ftp:)$/.test(token));
    return !broad && tokens.includes("default-src") && tokens.includes("frame-ancestors");
}

/** The values of every header where nothing is declared. */
export function safeHeaders(): HeaderValues {
    return Object.fromEntries(HEADER_OPTIONS.map(option => [option, resolve(option, HEADERS[option][1])]));
}

/**
 * Reads a `headers` section. Undeclared options are not in the result; null is a removal. What is weaker than the safe
 * value is written to `changes` with its reason.
 */
export function planHeaders(
    declared: HeadersDeclaration | undefined, path: Path, report: Report, changes: Change[],
): HeaderOverrides {
    const overrides: Partial<Record<HeaderOption, string | null>> = {};
    for (const [key, declaration] of Object.entries(declared ?? {})) {
        const at = [...path, key];
        if (!Object.hasOwn(HEADERS, key)) {
            report(at, "is not a header that the edge sets", { remedy: `use one of ${HEADER_OPTIONS.join(", ")}` });
            continue;
        }
        const option = key as HeaderOption;
        const value = readValue(option, declaration, at, report, changes);
        if (value !== undefined) {
            overrides[option] = value;
        }
    }
    return overrides;
}

function readValue(
    option: HeaderOption, declaration: HeaderDeclaration, at: Path, report: Report, changes: Change[],
): string | null | undefined {
    const { value: written, reason } = typeof declaration === "string" ? { value: declaration, reason: undefined } : declaration;
    const value = written === false ? null : resolve(option, written);
    if (value !== null && !isHeaderValue(value)) {
        report(at, "is not a header's value", { got: written, remedy: "write printable ASCII on one line, without $" });
        return undefined;
    }
    if (value !== null && option === "content_security_policy" && !/^[a-z]+(-[a-z]+)+/.test(value)) {
        report(at, "is not a content security policy", {
            got: written, remedy: `write directives, or one of ${Object.keys(CSP_PRESETS).join(", ")}`,
        });
        return undefined;
    }
    if (value !== null && NO_WEAKER[option](value)) {
        return value;
    }
    if (reason === undefined || reason.trim() === "") {
        report(at, `${written === false ? "removes" : "weakens"} ${HEADERS[option][0]} without a reason`, {
            got: written, remedy: `write { value: ${written === false ? "false" : JSON.stringify(written)}, reason: "…" }`,
        });
        return undefined;
    }
    const what = value === null ? `header ${HEADERS[option][0]} not sent` : `header ${HEADERS[option][0]}: ${value}`;
    changes.push({ measure: "edge-headers", kind: "opened", what, reason });
    return value;
}

function resolve(option: HeaderOption, value: string): string {
    return option === "content_security_policy" ? CSP_PRESETS[value] ?? value : value;
}
