/** Every status with which nginx itself answers, and the word that tells a program what happened. */
const ERRORS: readonly (readonly [status: number, code: string])[] = [
    [400, "bad_request"], [401, "unauthorized"], [403, "forbidden"], [404, "not_found"], [405, "method_not_allowed"],
    [408, "request_timeout"], [409, "conflict"], [411, "length_required"], [412, "precondition_failed"],
    [413, "content_too_large"], [414, "uri_too_long"], [415, "unsupported_media_type"], [416, "range_not_satisfiable"],
    [421, "misdirected_request"], [429, "too_many_requests"], [500, "internal_error"], [501, "not_implemented"],
    [502, "bad_gateway"], [503, "unavailable"], [504, "gateway_timeout"], [505, "http_version_not_supported"],
    [507, "insufficient_storage"],
];

/** nginx's own numbers for a header too large, a bad client certificate, none, and plain HTTP on a TLS port. */
const AS_BAD_REQUEST = "494 495 496 497";

/** Server level: answers of nginx itself are JSON, name no software, and are kept by no cache. */
export function errorsSnippet(): string {
    const pages = ERRORS.map(([status]) => `error_page ${status} @error_${status};`);
    const locations = ERRORS.map(([status, code]) => [
        `location @error_${status} {`,
        "    default_type application/json;",
        "    set $edge_error 1;",
        `    return ${status} '{"error":"${code}","status":${status},"request_id":"$request_id"}\\n';`,
        "}",
    ].join("\n"));
    return `${[...pages, `error_page ${AS_BAD_REQUEST} =400 @error_400;`, "", ...locations].join("\n")}\n`;
}
