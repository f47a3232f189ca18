import { HEADERS, HEADER_OPTIONS, REVEALING_HEADERS } from "../infra/edge/headers";
import type { HeaderOption } from "../infra/edge/headers";
import type { EdgePlan } from "../infra/edge/plan";
import { quoted } from "./words";

/**
 * http level: a map a header, from the route to the value. All headers are added at one place with these values, for a
 * header that were added in a location would drop every one that is added around it.
 */
export function headerMaps(plan: EdgePlan): string {
    return HEADER_OPTIONS.map(option => headerMap(plan, option)).join("\n");
}

/** Server level: each header once on every answer, errors and redirects too. nginx leaves out those without a value. */
export function responseHeadersSnippet(headersMore: boolean): string {
    const lines = [
        ...HEADER_OPTIONS.map(option => `add_header ${HEADERS[option][0]} ${variable(option)} always;`),
        "add_header X-Request-ID $request_id always;",
        "add_header Retry-After $edge_retry_after always;",
        "add_header Cache-Control $edge_cache_control always;",
        ...(headersMore ? ["more_clear_headers Server;"] : []),
    ];
    return `${lines.join("\n")}\n`;
}

/** Server level: what a service may not say, because the edge says it, or because it tells what the service is made of. */
export function hideHeadersSnippet(): string {
    const own = HEADER_OPTIONS.map(option => HEADERS[option][0]);
    return [...own, "Content-Security-Policy-Report-Only", "X-Request-ID", ...REVEALING_HEADERS]
        .map(header => `proxy_hide_header ${header};\n`).join("");
}

function headerMap(plan: EdgePlan, option: HeaderOption): string {
    const lines = [`    default ${quoted(plan.headers[option] ?? "")};`];
    plan.routes.forEach((route, index) => {
        const value = route.headers[option];
        if (value !== undefined) {
            lines.push(`    ${routeId(index)} ${quoted(value ?? "")};`);
        }
    });
    // Browsers must not be told to keep to HTTPS over plain HTTP (RFC 6797, 7.2).
    if (option === "strict_transport_security") {
        return `map $edge_route ${variable(option)}_value {\n${lines.join("\n")}\n}\n`
            + `map $https ${variable(option)} {\n    default "";\n    on ${variable(option)}_value;\n}\n`;
    }
    return `map $edge_route ${variable(option)} {\n${lines.join("\n")}\n}\n`;
}

/** The name of a route in the configuration and in the log. */
export function routeId(index: number): string {
    return `route-${index + 1}`;
}

function variable(option: HeaderOption): string {
    return `$edge_header_${option}`;
}
