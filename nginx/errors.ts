/**
 * Every status with which nginx itself answers, and the word that tells a program what happened. `early` ones can come
 * before a request has a path: nginx sends those to no named location.
 */
const ERRORS: readonly (readonly [status: number, code: string, when?: "early"])[] = [
    [400, "bad_request", "early"], [401, "unauthorized"], [403, "forbidden"], [404, "not_found"],
    [405, "method_not_allowed", "early"], [408, "request_timeout", "early"], [409, "conflict"],
    [411, "length_required", "early"], [412, "precondition_failed"], [413, "content_too_large"],
    [414, "uri_too_long", "early"], [415, "unsupported_media_type"], [416, "range_not_satisfiable"],
    [421, "misdirected_request", "early"], [429, "too_many_requests"], [500, "internal_error"],
    [501, "not_implemented", "early"], [502, "bad_gateway"], [503, "unavailable"], [504, "gateway_timeout"],
    [505, "http_version_not_supported", "early"], [507, "insufficient_storage"],
];

/** nginx's own numbers for a header too large, a bad client certificate, none, and plain HTTP on a TLS port. */
const AS_BAD_REQUEST = "494 495 496 497";

/** Server level: answers of nginx itself are JSON, name no software, and are kept by no cache. */
export function errorsSnippet(): string {
    const pages = ERRORS.map(([status, , when]) => `error_page ${status} ${target(status, when)};`);
    const bad = `error_page ${AS_BAD_REQUEST} =400 ${target(400, "early")};`;
    return `${[...pages, bad, "", ...ERRORS.map(error => location(...error))].join("\n")}\n`;
}

function target(status: number, when?: "early"): string {
    return when === "early" ? `/.edge-error/${status}` : `@error_${status}`;
}

function location(status: number, code: string, when?: "early"): string {
    return [
        `location ${when === "early" ? "= " : ""}${target(status, when)} {`,
        // Looked for again on the way to a path: without it a large body would turn the answer into nginx's own 413.
        ...(when === "early" ? ["    internal;", "    client_max_body_size 0;"] : []),
        "    default_type application/json;",
        "    set $edge_error 1;",
        `    return ${status} '{"error":"${code}","status":${status},"request_id":"$request_id"}\\n';`,
        "}",
    ].join("\n");
}
